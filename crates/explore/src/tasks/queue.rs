//! Which tasks are ready, in the order of tokio's own scheduler.
//!
//! The order is that of the current-thread runtime, which is fixed: the main future is looked at
//! first, then the queue is worked off first in, first out; tasks that yielded come after it,
//! last in first out, together with whatever the clock has brought.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Wake, Waker};

use crate::runtime::LaneId;

/// After so many polls in a row the runtime looks at those that yielded, and at main.
const EVENT_INTERVAL: u32 = 61;
/// The main future.
const MAIN: LaneId = 0;

/// The ready tasks. Wakers share it, and they must be `Sync`, hence the lock.
#[derive(Debug, Default)]
pub(crate) struct Ready(Mutex<Queue>);

#[derive(Debug, Default)]
struct Queue {
    states: Vec<State>,
    /// Those in the middle of a poll before which others went first. The last of them goes on
    /// first.
    interrupted: Vec<LaneId>,
    order: VecDeque<LaneId>,
    /// Whether the main future has been woken.
    main: bool,
    /// Whether the main future is looked at next.
    main_first: bool,
    /// Those that yielded.
    deferred: Vec<LaneId>,
    polls: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Idle,
    Queued,
    Running,
    WokenWhileRunning,
    Over,
}

struct TaskWaker {
    lane: LaneId,
    ready: Arc<Ready>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.ready.lock().wake(self.lane);
    }
}

impl Ready {
    /// Adds a task that is ready to start, and makes its waker.
    pub fn add(self: &Arc<Self>, lane: LaneId) -> Waker {
        let mut queue = self.lock();
        debug_assert_eq!(queue.states.len(), lane, "tasks are added in order");
        queue.states.push(State::Idle);
        queue.main_first |= lane == MAIN;
        queue.wake(lane);
        Waker::from(Arc::new(TaskWaker {
            lane,
            ready: self.clone(),
        }))
    }

    /// Makes a task ready.
    pub fn wake(&self, lane: LaneId) {
        self.lock().wake(lane);
    }

    /// A poll begins.
    pub fn begin(&self, lane: LaneId) {
        self.lock().states[lane] = State::Running;
    }

    /// A poll ends. A task that was woken meanwhile is ready again.
    pub fn end(&self, lane: LaneId, over: bool) {
        let mut queue = self.lock();
        let woken = queue.states[lane] == State::WokenWhileRunning;
        queue.states[lane] = if over { State::Over } else { State::Idle };
        if woken && !over {
            queue.wake(lane);
        }
    }

    /// A task yields: it is ready again once the queue has been worked off.
    pub fn defer(&self, lane: LaneId) {
        let mut queue = self.lock();
        if queue.deferred.last() != Some(&lane) {
            queue.deferred.push(lane);
        }
    }

    /// A task goes on after the one that goes before it in the middle of its poll.
    pub fn interrupt(&self, lane: LaneId) {
        self.lock().interrupted.push(lane);
    }

    /// A task or a thread that blocked can go on after those before it.
    pub fn line_up(&self, lane: LaneId) {
        self.lock().order.push_back(lane);
    }

    /// Everybody who can go on, tokio's choice first.
    pub fn options(&self) -> Vec<LaneId> {
        let mut queue = self.lock();
        queue.look_around();
        queue.options()
    }

    /// Everybody who could go on in the place of a task that is running.
    pub fn others(&self) -> Vec<LaneId> {
        self.lock().options()
    }

    /// Takes a task out of the queue, to go on with it.
    pub fn take(&self, lane: LaneId) {
        let mut queue = self.lock();
        if let Some(at) = queue.interrupted.iter().position(|&l| l == lane) {
            queue.interrupted.remove(at);
            return;
        }
        let from_order = queue.order.iter().position(|&l| l == lane);
        match from_order {
            Some(at) => drop(queue.order.remove(at)),
            None if lane == MAIN && queue.main => queue.main = false,
            None => queue.deferred.retain(|&l| l != lane),
        }
        if lane == MAIN && queue.main_first {
            queue.main_first = false;
            queue.polls = 0;
        } else {
            queue.polls += 1;
        }
    }

    /// All of it, to name the state that a run is in.
    pub fn snapshot(&self) -> (Vec<LaneId>, Vec<LaneId>, Vec<LaneId>, bool) {
        let queue = self.lock();
        let woken =
            |(lane, state): (LaneId, &State)| (*state == State::WokenWhileRunning).then_some(lane);
        (
            queue.options(),
            queue.deferred.clone(),
            queue.states.iter().enumerate().filter_map(woken).collect(),
            queue.main_first,
        )
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn wake(&mut self, lane: LaneId) {
        match self.states[lane] {
            State::Idle if lane == MAIN => {
                self.states[lane] = State::Queued;
                self.main = true;
            }
            State::Idle => {
                self.states[lane] = State::Queued;
                self.order.push_back(lane);
            }
            State::Running => self.states[lane] = State::WokenWhileRunning,
            State::Queued | State::WokenWhileRunning | State::Over => {}
        }
    }

    /// What the runtime does between two polls: when the queue is worked off, or has been worked
    /// at for long, it wakes those that yielded and looks at main first.
    fn look_around(&mut self) {
        if !self.interrupted.is_empty() {
            return;
        }
        if self.main_first && !self.main {
            self.main_first = false;
            self.polls = 0;
        }
        let worked_off = self.order.is_empty() && !self.main_first;
        if worked_off || self.polls >= EVENT_INTERVAL {
            while let Some(lane) = self.deferred.pop() {
                self.wake(lane);
            }
            self.main_first = self.main;
            self.polls = 0;
        }
    }

    fn options(&self) -> Vec<LaneId> {
        let main = self.main.then_some(MAIN);
        let first = main.filter(|_| self.main_first);
        let last = main.filter(|_| !self.main_first);
        let mut options: Vec<LaneId> = self.interrupted.iter().rev().copied().collect();
        options.extend(first);
        options.extend(&self.order);
        options.extend(last);
        for &lane in self.deferred.iter().rev() {
            if self.states[lane] == State::Idle && !options.contains(&lane) {
                options.push(lane);
            }
        }
        options
    }
}
