//! The runtime of the tasks: what it knows about each, and what a task can ask of it.

use std::cell::{Cell, RefCell, RefMut};
use std::rc::Rc;
use std::sync::Arc;

use super::queue::Ready;
use super::task::{Awaited, Held, Job, NotedAwait, Parked, Part, Task};
use super::timers::Timers;
use super::workers::Workers;
use crate::recorder::Standing;
use crate::runtime::task::Explain;
use crate::runtime::{Blocked, LaneId, Place, Wait};
use crate::source::Spot;
use crate::survey::Way;
use crate::verdict::FailureKind;
use crate::world::{World, digest};

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
        self.tasks
            .borrow_mut()
            .push(Task::new(job, waker, is_thread));
        let parent = world.current.get();
        let has_parent = lane != parent;
        if has_parent && self.may_switch(parent) {
            let place = world.lanes.borrow()[lane].spawned;
            if let Some(place) = place.filter(|_| world.is_surveyed()) {
                // That only the new lane may go first is a shortcut: the others have had their
                // chance before, and come to the same. A graph shows it for what it is.
                return self.point(world, place);
            }
            let state = || self.state(world, Some(parent));
            let first = world.choose(&[0, 1], state, Vec::new) == 1;
            pass(world);
            if first {
                self.switch(world, lane);
            }
        }
    }

    /// Whether another task may run before this one goes on. On a runtime of one thread none does
    /// before the poll is over.
    fn may_switch(&self, lane: LaneId) -> bool {
        let stays = self.task(lane, |task| task.stays());
        self.multi_thread && !stays && !self.closing.get()
    }

    /// A point at which others may go first.
    pub fn point(&self, world: &World, place: Place) {
        let me = world.current.get();
        if !self.may_switch(me) {
            return;
        }
        let others = self.ready.others();
        let mut costs = vec![1; others.len() + 1];
        costs[0] = 0;
        self.task(me, |task| task.at = Some(place));
        let state = || self.state(world, Some(me));
        let ways = || {
            [&[me], &*others]
                .concat()
                .into_iter()
                .map(Way::of)
                .collect()
        };
        let chosen = world.choose(&costs, state, ways);
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
        let held = Held::Waiting(Parked::new(wait, place));
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
        if self.task(me, |task| task.never_yields(in_vain)) {
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
        self.task(lane, |task| task.has_budget())
    }

    /// One leaf future was ready.
    pub fn spend(&self, lane: LaneId) {
        self.task(lane, Task::spend);
    }

    /// Has a task dropped when its turn comes.
    pub fn abort(&self, lane: LaneId) {
        self.task(lane, |task| task.aborted = true);
        self.ready.wake(lane);
    }

    /// Whether others may run in the middle of a poll; returns what was so before.
    pub fn stay(&self, lane: LaneId, stays: bool) -> bool {
        self.task(lane, |task| task.stay(stays))
    }

    /// Whether a lane is a thread, and no task.
    pub fn is_thread(&self, lane: LaneId) -> bool {
        self.task(lane, |task| task.is_thread)
    }

    /// Remembers what the current task waits for, until it is polled again or gives up.
    pub fn note_await(
        &self,
        world: &World,
        spot: Spot,
        blocked: Blocked,
        explain: Option<Arc<dyn Explain>>,
    ) -> NotedAwait {
        let (lane, id) = (world.current.get(), self.noted.get());
        self.noted.set(id + 1);
        let awaited = Awaited {
            id,
            part: None,
            spot,
            blocked,
            explain,
        };
        self.task(lane, |task| task.note_await(awaited));
        NotedAwait { lane, id }
    }

    /// The task no longer waits for this.
    pub fn forget_await(&self, noted: NotedAwait) {
        self.task(noted.lane, |task| task.forget_await(noted.id));
    }

    /// Polls a part of the lane.
    pub fn poll_part<R>(&self, lane: LaneId, part: Part, poll: impl FnOnce() -> R) -> R {
        let before = self.task(lane, |task| task.enter(part));
        let polled = poll();
        self.task(lane, |task| task.leave(before));
        polled
    }

    /// The lane looks at a whole.
    pub fn look_at(&self, lane: LaneId, whole: usize) {
        self.task(lane, |task| task.look_at(whole));
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
}

/// The current lane has passed a decision: two decisions of one lane are two states.
fn pass(world: &World) {
    world.lane(|lane| lane.digest = digest(&(lane.digest, 'd')));
}
