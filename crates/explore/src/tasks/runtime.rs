//! The runtime of the tasks: what it knows about each, and what a task can ask of it.

use std::cell::{Cell, RefCell, RefMut};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::queue::Ready;
use super::timers::Timers;
use super::workers::{Worker, Workers};
use crate::carrier::Suspender;
use crate::recorder::Standing;
use crate::runtime::{Blocked, LaneId, Place, Wait};
use crate::source::Spot;
use crate::verdict::FailureKind;
use crate::world::{World, digest};

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

/// The runtime of one run.
pub(crate) struct Runtime {
    pub(super) tasks: RefCell<Vec<Task>>,
    pub(super) ready: Arc<Ready>,
    pub(super) timers: RefCell<Timers>,
    pub(super) workers: RefCell<Workers>,
    /// Whether two tasks may run at the same time.
    pub(super) multi_thread: bool,
    pub(super) may_leave_tasks: bool,
    /// Whether what tasks share is known, so that states can be told apart.
    pub(super) merging: Cell<bool>,
    /// Who goes on next, where that was decided in the middle of a poll.
    pub(super) chosen: Cell<Option<LaneId>>,
    pub(super) last: Cell<LaneId>,
    pub(super) switches: Cell<u64>,
    /// How many awaits have been noted.
    noted: Cell<u64>,
    /// Whether main is over and the runtime goes away.
    pub(super) closing: Cell<bool>,
    pub(super) polls_after_main: Cell<u32>,
    /// The lane that brought the run to its end, if one lane did.
    pub(super) culprit: RefCell<Option<Standing>>,
}

/// A task, or a thread for blocking work.
pub(crate) struct Task {
    /// Nothing while it is polled, and when it is over.
    pub(super) job: Option<Box<dyn Job>>,
    pub(super) waker: Waker,
    /// The worker that is in the middle of polling it.
    pub(super) worker: Option<Worker>,
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
    /// What it awaits since its last poll.
    pub(super) awaits: Vec<Awaited>,
}

/// What a task awaits.
pub(super) struct Awaited {
    id: u64,
    pub spot: Spot,
    pub blocked: Blocked,
}

/// Finds what a task has been noted to wait for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotedAwait {
    lane: LaneId,
    id: u64,
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

impl Runtime {
    /// The runtime of a new run. `multi_thread` is its flavour.
    pub(super) fn new(multi_thread: bool, may_leave_tasks: bool, workers: Workers) -> Rc<Self> {
        Rc::new(Runtime {
            tasks: RefCell::default(),
            ready: Arc::default(),
            timers: RefCell::default(),
            workers: RefCell::new(workers),
            multi_thread,
            may_leave_tasks,
            merging: Cell::new(true),
            chosen: Cell::new(None),
            last: Cell::new(0),
            switches: Cell::new(0),
            noted: Cell::new(0),
            closing: Cell::new(false),
            polls_after_main: Cell::new(0),
            culprit: RefCell::default(),
        })
    }

    /// The idle workers, for the next run.
    pub(super) fn take_workers(&self) -> Workers {
        self.workers.take()
    }

    /// Adds a task, or a thread for blocking work, that is ready to start. On a runtime of several
    /// threads it may start at once, before the lane that spawned it goes on.
    pub fn spawn(&self, world: &World, lane: LaneId, job: Box<dyn Job>, is_thread: bool) {
        let waker = self.ready.add(lane);
        self.tasks.borrow_mut().push(Task {
            job: Some(job),
            waker,
            worker: None,
            suspender: Suspender::default(),
            held: None,
            is_thread,
            aborted: false,
            stays: false,
            operations: 0,
            looks_in_vain: 0,
            budget: BUDGET,
            awaits: Vec::new(),
        });
        let parent = world.current.get();
        let has_parent = lane != parent;
        if has_parent && self.may_switch(parent) {
            let first = world.choose(&[0, 1], || self.state(world, Some(parent))) == 1;
            pass(world);
            if first {
                self.switch(world, lane);
            }
        }
    }

    /// Whether another task may run before this one goes on. On a runtime of one thread none does
    /// before the poll is over.
    fn may_switch(&self, lane: LaneId) -> bool {
        let stays = self.task(lane, |task| task.is_thread || task.stays);
        self.multi_thread && !stays && !self.closing.get()
    }

    /// A point at which others may go first.
    pub fn point(&self, world: &World) {
        let me = world.current.get();
        if !self.may_switch(me) {
            return;
        }
        let others = self.ready.others();
        let mut costs = vec![1; others.len() + 1];
        costs[0] = 0;
        let chosen = world.choose(&costs, || self.state(world, Some(me)));
        pass(world);
        if let Some(other) = chosen.checked_sub(1) {
            self.switch(world, others[other]);
        }
    }

    /// Another lane goes on, and the current one after it.
    fn switch(&self, world: &World, other: LaneId) {
        let me = world.current.get();
        self.ready.take(other);
        self.chosen.set(Some(other));
        self.ready.interrupt(me);
        self.task(me, |task| task.held = Some(Held::Ready));
        self.suspend(me);
    }

    /// Blocks the thread of the current lane; returns when somebody let it go on.
    pub(super) fn park(&self, world: &World, place: Place, wait: &Wait<'_>) {
        let me = world.current.get();
        let wait = std::ptr::from_ref(wait).cast();
        let held = Held::Waiting(Parked { wait, place });
        self.task(me, |task| task.held = Some(held));
        self.suspend(me);
    }

    /// Gives control back to the executor.
    pub(super) fn suspend(&self, lane: LaneId) {
        let suspender = self.task(lane, |task| task.suspender.clone());
        suspender.suspend();
    }

    /// Counts a visible operation of the current lane.
    pub fn count_operation(&self, world: &World, place: Place, in_vain: bool) {
        let me = world.current.get();
        let never_yields = self.task(me, |task| {
            task.operations += 1;
            task.looks_in_vain = if in_vain { task.looks_in_vain + 1 } else { 0 };
            task.operations > OPERATIONS || task.looks_in_vain > LOOKS_IN_VAIN
        });
        if never_yields {
            let name = world.lanes.borrow()[me].name.clone();
            let line = place.line();
            self.culprit.replace(Some(Standing {
                lane: me,
                spot: Some(Spot::of(place)),
                blocked: Blocked::plain("goes round in circles"),
            }));
            world.fail(
                FailureKind::Livelock,
                format!("{name} never yields: it goes round in circles at line {line}"),
            );
        }
    }

    /// Whether the current task may go on with another leaf future in this poll.
    pub fn has_budget(&self, lane: LaneId) -> bool {
        self.task(lane, |task| task.budget > 0 || task.is_thread)
    }

    /// One leaf future was ready.
    pub fn spend(&self, lane: LaneId) {
        self.task(lane, |task| task.budget = task.budget.saturating_sub(1));
    }

    /// Has a task dropped when its turn comes.
    pub fn abort(&self, lane: LaneId) {
        self.task(lane, |task| task.aborted = true);
        self.ready.wake(lane);
    }

    /// Whether others may run in the middle of a poll; returns what was so before.
    pub fn stay(&self, lane: LaneId, stays: bool) -> bool {
        self.task(lane, |task| std::mem::replace(&mut task.stays, stays))
    }

    /// Whether a lane is a thread, and no task.
    pub fn is_thread(&self, lane: LaneId) -> bool {
        self.task(lane, |task| task.is_thread)
    }

    /// Remembers what the current task waits for, until it is polled again or gives up.
    pub fn note_await(&self, world: &World, spot: Spot, blocked: Blocked) -> NotedAwait {
        let (lane, id) = (world.current.get(), self.noted.get());
        self.noted.set(id + 1);
        self.task(lane, |task| task.awaits.push(Awaited { id, spot, blocked }));
        NotedAwait { lane, id }
    }

    /// The task no longer waits for this.
    pub fn forget_await(&self, noted: NotedAwait) {
        self.task(noted.lane, |task| {
            task.awaits.retain(|awaited| awaited.id != noted.id);
        });
    }

    /// No two states of this run are taken for one from here on.
    pub fn forget_states(&self) {
        self.merging.set(false);
    }

    /// The queue of those who are ready.
    pub fn ready(&self) -> &Ready {
        &self.ready
    }

    /// The timers that run.
    pub fn timers(&self) -> RefMut<'_, Timers> {
        self.timers.borrow_mut()
    }

    /// Changes or reads a task.
    pub fn task<R>(&self, lane: LaneId, f: impl FnOnce(&mut Task) -> R) -> R {
        f(&mut self.tasks.borrow_mut()[lane])
    }

    /// A name for the state of a run at a decision, in the middle of a poll of `polled` or
    /// between two polls; nothing where it cannot be named.
    pub(super) fn state(&self, world: &World, polled: Option<LaneId>) -> Option<u64> {
        self.merging.get().then(|| {
            let identities: Vec<u64> = world.lanes.borrow().iter().map(|l| l.identity).collect();
            let of = |lanes: &[LaneId]| -> Vec<u64> {
                lanes.iter().map(|&lane| identities[lane]).collect()
            };
            let mut hasher = DefaultHasher::new();
            polled.map(|lane| identities[lane]).hash(&mut hasher);
            // How many polls the runtime has made in a row is left out: it matters after 61.
            let (options, deferred, woken, main_first) = self.ready.snapshot();
            (of(&options), of(&deferred), main_first).hash(&mut hasher);
            let sum = of(&woken).into_iter().fold(0, u64::wrapping_add);
            sum.hash(&mut hasher);
            self.timers
                .borrow()
                .hash(|lane| identities[lane], &mut hasher);
            let tasks =
                self.tasks
                    .borrow()
                    .iter()
                    .zip(&identities)
                    .fold(0_u64, |sum, (task, identity)| {
                        let held = match task.held {
                            None => 0,
                            Some(Held::Ready) => 1,
                            Some(Held::Waiting(_)) => 2,
                        };
                        let part = (identity, task.aborted, task.worker.is_some(), held);
                        sum.wrapping_add(digest(&part))
                    });
            tasks.hash(&mut hasher);
            world.state(hasher.finish())
        })
    }
}

/// The current lane has passed a decision: two decisions of one lane are two states.
fn pass(world: &World) {
    world.lane(|lane| lane.digest = digest(&(lane.digest, 'd')));
}

impl Task {
    /// Another poll begins.
    pub(super) fn begin_poll(&mut self) {
        self.operations = 0;
        self.looks_in_vain = 0;
        self.stays = false;
        self.budget = BUDGET;
        self.awaits.clear();
    }
}

impl Parked {
    #[expect(
        unsafe_code,
        reason = "a parked lane's wait is read from outside its stack"
    )]
    fn wait(&self) -> &Wait<'_> {
        // SAFETY: `wait` points to a value on the stack of the lane that parked, set in
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
