//! What the runtime knows about one task.

use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::workers::Worker;
use crate::carrier::Suspender;
use crate::runtime::task::Explain;
use crate::runtime::{Blocked, LaneId, Place, Wait};
use crate::source::Spot;

/// So many leaf futures may be ready in one poll before the task has to yield, as in tokio.
const BUDGET: u32 = 128;
/// So many visible operations in one poll are a task that never yields.
const OPERATIONS: u32 = 2_000;
/// So many looks in vain in one poll are one, too: while a task is polled, nobody changes
/// what it looks at.
const LOOKS_IN_VAIN: u32 = 200;

/// What a task does, without its type.
pub trait Job {
    /// Polls it; it must not unwind. Once it is ready it is dropped.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()>;

    /// Drops what is left of it; it must not unwind.
    fn cancel(&mut self);
}

/// A task, or a thread for blocking work.
pub(crate) struct Task {
    /// Nothing while it is polled, and when it is over.
    pub(super) job: Option<Box<dyn Job>>,
    pub(super) waker: Waker,
    /// The worker that is in the middle of polling it.
    pub(super) worker: Option<Worker>,
    /// Where others may go first in the middle of a poll.
    pub(super) at: Option<Place>,
    pub(super) suspender: Suspender,
    /// Why it stands still in the middle of a poll.
    pub(super) held: Option<Held>,
    pub(super) is_thread: bool,
    pub(super) aborted: bool,
    /// Whether no other task may run in the middle of its polls.
    stays: bool,
    operations: u32,
    looks_in_vain: u32,
    budget: u32,
    /// What it awaits since its last poll, and what its parts await since theirs.
    awaits: Vec<Awaited>,
    /// The part that is polled.
    part: Option<Part>,
    /// The wholes that were looked at in its last poll.
    wholes: Vec<usize>,
}

/// One of the futures of which a whole polls only those that were woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Tells the whole from others that are there at the same time.
    pub of: usize,
    /// Tells this part from others of the same whole.
    pub number: usize,
}

/// What a task awaits.
#[derive(Clone)]
pub(super) struct Awaited {
    pub id: u64,
    /// The part of the task that awaits it.
    pub part: Option<Part>,
    pub spot: Spot,
    pub blocked: Blocked,
    /// Who knows more about it.
    pub explain: Option<Arc<dyn Explain>>,
}

impl Awaited {
    /// What the task is blocked by, as things stand now.
    pub fn blocked(self) -> Blocked {
        match self.explain {
            Some(explain) => explain.explain(self.blocked),
            None => self.blocked,
        }
    }
}

/// Finds what a task has been noted to wait for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotedAwait {
    pub(super) lane: LaneId,
    pub(super) id: u64,
}

/// Why a lane stands still in the middle of a poll.
#[derive(Clone, Copy)]
pub(super) enum Held {
    /// It can go on.
    Ready,
    /// It blocks its thread until a condition holds.
    Waiting(Parked),
}

/// A lane that blocks its thread.
#[derive(Clone, Copy)]
pub(super) struct Parked {
    /// Points into the stack of the lane's worker, which stays as it is until the lane goes on.
    wait: *const Wait<'static>,
    pub place: Place,
}

impl Task {
    /// A task that has not begun.
    pub(super) fn new(job: Box<dyn Job>, waker: Waker, is_thread: bool) -> Self {
        Task {
            job: Some(job),
            waker,
            worker: None,
            at: None,
            suspender: Suspender::default(),
            held: None,
            is_thread,
            aborted: false,
            stays: false,
            operations: 0,
            looks_in_vain: 0,
            budget: BUDGET,
            awaits: Vec::new(),
            part: None,
            wholes: Vec::new(),
        }
    }

    /// What it awaits. What a part awaits counts as long as the whole is looked at.
    pub(super) fn awaits(&self) -> impl Iterator<Item = &Awaited> {
        let counts = |part: Part| self.wholes.contains(&part.of);
        self.awaits
            .iter()
            .filter(move |awaited| awaited.part.is_none_or(counts))
    }

    /// The part that is polled awaits something, or the task outside any part.
    pub(super) fn note_await(&mut self, awaited: Awaited) {
        let part = self.part;
        self.awaits.push(Awaited { part, ..awaited });
    }

    pub(super) fn forget_await(&mut self, id: u64) {
        self.awaits.retain(|awaited| awaited.id != id);
    }

    /// A whole is looked at.
    pub(super) fn look_at(&mut self, whole: usize) {
        self.wholes.push(whole);
    }

    /// The poll of a part begins: it awaits nothing so far. Returns the part that was polled
    /// before, to [`Task::leave`] for.
    pub(super) fn enter(&mut self, part: Part) -> Option<Part> {
        self.awaits.retain(|awaited| awaited.part != Some(part));
        self.part.replace(part)
    }

    pub(super) fn leave(&mut self, before: Option<Part>) {
        self.part = before;
    }

    /// Counts a visible operation; whether there are too many in one poll. `in_vain` tells that
    /// it is a look that found before what it will find now.
    pub(super) fn never_yields(&mut self, in_vain: bool) -> bool {
        self.operations += 1;
        self.looks_in_vain = if in_vain { self.looks_in_vain + 1 } else { 0 };
        self.operations > OPERATIONS || self.looks_in_vain > LOOKS_IN_VAIN
    }

    /// Whether it may go on with another leaf future in this poll.
    pub(super) fn has_budget(&self) -> bool {
        self.budget > 0 || self.is_thread
    }

    /// One leaf future was ready.
    pub(super) fn spend(&mut self) {
        self.budget = self.budget.saturating_sub(1);
    }

    /// Whether nobody else runs in the middle of its polls.
    pub(super) fn stays(&self) -> bool {
        self.is_thread || self.stays
    }

    /// Asks for that, or not; returns what was so before.
    pub(super) fn stay(&mut self, stays: bool) -> bool {
        std::mem::replace(&mut self.stays, stays)
    }

    /// Another poll begins.
    pub(super) fn begin_poll(&mut self) {
        self.operations = 0;
        self.looks_in_vain = 0;
        self.stays = false;
        self.budget = BUDGET;
        self.awaits.retain(|awaited| awaited.part.is_some());
        self.part = None;
        self.wholes.clear();
        self.at = None;
    }
}

impl Parked {
    /// For a wait that lives until the lane goes on.
    pub fn new(wait: &Wait<'_>, place: Place) -> Self {
        let wait = std::ptr::from_ref(wait).cast();
        Parked { wait, place }
    }

    #[expect(
        unsafe_code,
        reason = "a parked lane's wait is read from outside its stack"
    )]
    fn wait(&self) -> &Wait<'_> {
        // SAFETY: `wait` points to a value on the stack of the lane that parked, which called
        // `Runtime::park`, which does not return before the executor has cleared `held`. Until
        // then that stack is suspended and nothing moves or drops the value. All of it happens
        // on one operating system thread.
        unsafe { &*self.wait }
    }

    /// When the wait ends at the latest, if ever.
    pub fn deadline(&self) -> Option<Duration> {
        self.wait().patience.deadline()
    }

    pub fn is_ready(&self) -> bool {
        (self.wait().ready)()
    }

    pub fn blocked(&self) -> Blocked {
        (self.wait().blocked)()
    }
}
