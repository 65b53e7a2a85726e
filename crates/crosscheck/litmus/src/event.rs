//! The events of an execution.

use std::sync::atomic::Ordering;

use crate::Op;

#[derive(Clone, Copy)]
pub(crate) struct Event {
    /// None of the writes that come before the program.
    pub thread: Option<usize>,
    pub op: Op,
}

impl Event {
    pub fn location(&self) -> Option<usize> {
        match self.op {
            Op::Read(at, _) | Op::Write(at, _, _) | Op::Swap(at, _, _) => Some(at),
            Op::Fence(_) | Op::Lock | Op::Unlock => None,
        }
    }

    pub fn written(&self) -> Option<usize> {
        match self.op {
            Op::Write(_, value, _) | Op::Swap(_, value, _) => Some(value),
            Op::Read(..) | Op::Fence(_) | Op::Lock | Op::Unlock => None,
        }
    }

    pub fn reads(&self) -> bool {
        matches!(self.op, Op::Read(..) | Op::Swap(..))
    }

    pub fn is_fence(&self) -> bool {
        matches!(self.op, Op::Fence(_))
    }

    pub fn ordering(&self) -> Ordering {
        match self.op {
            Op::Read(_, o) | Op::Write(_, _, o) | Op::Swap(_, _, o) | Op::Fence(o) => o,
            // What a lock orders is a matter of its own.
            Op::Lock | Op::Unlock => Ordering::Relaxed,
        }
    }

    pub fn acquires(&self) -> bool {
        use Ordering::{AcqRel, Acquire, SeqCst};
        (self.reads() || self.is_fence()) && matches!(self.ordering(), Acquire | AcqRel | SeqCst)
    }

    pub fn releases(&self) -> bool {
        use Ordering::{AcqRel, Release, SeqCst};
        let writes = self.written().is_some() || self.is_fence();
        writes && matches!(self.ordering(), Release | AcqRel | SeqCst)
    }

    pub fn is_seqcst(&self) -> bool {
        self.ordering() == Ordering::SeqCst
    }
}
