//! What polls tasks: carriers that do one piece of work after another, as the threads of a
//! runtime do.
//!
//! A worker may be left in the middle of a poll while another one polls another task. This is
//! how a schedule in which two threads of the runtime are busy at once is played.

use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;

use crate::carrier::{Carrier, Stacks, Suspender};
use crate::runtime::LaneId;

/// A piece of work for a worker.
#[derive(Clone, Copy, Debug)]
pub(super) enum Work {
    /// Poll a task once.
    Poll(LaneId),
    /// Drop what is left of a task.
    Cancel(LaneId),
}

/// One thread of the runtime.
pub(super) struct Worker {
    carrier: Carrier,
    desk: Rc<Desk>,
}

/// Where a worker finds its work.
#[derive(Default)]
struct Desk {
    work: Cell<Option<Work>>,
    idle: Cell<bool>,
    suspender: RefCell<Suspender>,
}

impl Worker {
    fn new(stacks: &mut Stacks, perform: fn(Work)) -> io::Result<Self> {
        let desk = Rc::new(Desk::default());
        let own = desk.clone();
        let carrier = Carrier::new(stacks, move || {
            while let Some(work) = own.work.take() {
                perform(work);
                own.idle.set(true);
                let suspender = own.suspender.borrow().clone();
                suspender.suspend();
            }
        })?;
        desk.suspender.replace(carrier.suspender());
        desk.idle.set(true);
        Ok(Worker { carrier, desk })
    }

    /// Puts work on the desk of an idle worker.
    pub fn give(&mut self, work: Work) {
        self.desk.idle.set(false);
        self.desk.work.set(Some(work));
    }

    /// Goes on until the work is done or the worker suspends itself; whether it is done.
    pub fn resume(&mut self) -> bool {
        self.carrier.resume();
        self.desk.idle.get()
    }

    /// Suspends this worker, from within its work.
    pub fn suspender(&self) -> Suspender {
        self.carrier.suspender()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // An idle worker that finds an empty desk ends, and its stack can be freed. One that is
        // in the middle of something belongs to a run that was given up, and is forgotten.
        if self.desk.idle.get() {
            self.carrier.resume();
        }
    }
}

/// Idle workers, kept from one run to the next.
#[derive(Default)]
pub(super) struct Workers {
    idle: Vec<Worker>,
    stacks: Stacks,
}

impl Workers {
    /// A worker, new if none is idle.
    ///
    /// # Errors
    /// When the operating system has no memory for another stack.
    pub fn take(&mut self, perform: fn(Work)) -> io::Result<Worker> {
        match self.idle.pop() {
            Some(worker) => Ok(worker),
            None => Worker::new(&mut self.stacks, perform),
        }
    }

    /// Keeps a worker that is idle.
    pub fn keep(&mut self, worker: Worker) {
        self.idle.push(worker);
    }
}
