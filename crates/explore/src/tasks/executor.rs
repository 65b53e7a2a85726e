//! Which task goes on next.
//!
//! The default is tokio's own order, and any other ready task costs a departure. Time stands
//! still while somebody is ready.

use std::task::{Context, Poll};
use std::time::Duration;

use super::runtime::Runtime;
use super::task::{Held, Parked, Task};
use super::workers::{Work, Worker};
use crate::runtime::{LaneId, here};
use crate::survey::Way;
use crate::verdict::FailureKind;
use crate::world::{World, digest};

/// So many polls after the end of main are a task that goes on for ever.
const DRAIN: u32 = 1_000;

impl Runtime {
    /// Runs all tasks to their ends, or to a failure.
    pub fn run(&self, world: &World) {
        while world.failure.borrow().is_none() {
            match self.next(world) {
                Some(lane) => self.go_on(world, lane),
                None => break,
            }
        }
        if world.failure.borrow().is_none() {
            self.close(world);
        }
        if world.failure.borrow().is_some() {
            self.abandon();
        }
    }

    /// The lane to go on with; nothing when the run is over, well or not.
    fn next(&self, world: &World) -> Option<LaneId> {
        if let Some(lane) = self.chosen.take() {
            return Some(lane);
        }
        loop {
            let main_is_over = world.lanes.borrow()[0].done;
            if main_is_over && self.may_leave_tasks {
                return None;
            }
            if main_is_over
                && self
                    .polls_after_main
                    .replace(self.polls_after_main.get() + 1)
                    > DRAIN
            {
                self.nobody_can_go_on(world);
                return None;
            }
            self.release_parked(world);
            let mut options = self.ready.options();
            let blocked = self.blocked_on_runtime();
            if let Some(lane) = blocked {
                // The thread of the runtime that this lane blocks is lost to the others. Those
                // that have a thread already may go on and end the wait.
                options.retain(|&lane| self.has_thread(lane));
                if options.is_empty() && !self.advance(world, false) {
                    self.blocks_the_runtime(world, lane);
                    return None;
                }
            } else if options.is_empty() && (main_is_over || !self.advance(world, true)) {
                self.nobody_can_go_on(world);
                return None;
            }
            if options.is_empty() {
                continue;
            }
            let lane = self.pick(world, &options)?;
            self.ready.take(lane);
            return Some(lane);
        }
    }

    fn pick(&self, world: &World, options: &[LaneId]) -> Option<LaneId> {
        let mut costs = vec![1; options.len()];
        costs[0] = 0;
        world.current.set(0);
        let state = || self.state(world, None);
        let chosen = world.run.borrow_mut().choose(&costs, state);
        match chosen {
            Ok(option) => {
                let ways = || options.iter().copied().map(Way::of).collect();
                world.note_fork(state, ways, option);
                Some(options[option])
            }
            Err(diverged) => {
                world.note_failure(FailureKind::NotGradable, diverged.to_string());
                None
            }
        }
    }

    /// Lets the lane poll, or go on in the middle of a poll.
    fn go_on(&self, world: &World, lane: LaneId) {
        world.current.set(lane);
        if self.last.replace(lane) != lane {
            self.switches.set(self.switches.get() + 1);
        }
        let worker = self.task(lane, |task| {
            task.held = None;
            task.worker.take()
        });
        match worker {
            Some(worker) => self.resume(lane, worker),
            None => self.give(world, lane, Work::Poll(lane)),
        }
    }

    fn give(&self, world: &World, lane: LaneId, work: Work) {
        let worker = self.workers.borrow_mut().take(perform);
        match worker {
            Ok(mut worker) => {
                self.task(lane, |task| task.suspender = worker.suspender());
                worker.give(work);
                self.resume(lane, worker);
            }
            Err(error) => world.note_failure(
                FailureKind::NotGradable,
                format!("no memory for the stack of another thread: {error}"),
            ),
        }
    }

    fn resume(&self, lane: LaneId, mut worker: Worker) {
        if worker.resume() {
            self.workers.borrow_mut().keep(worker);
        } else {
            self.task(lane, |task| task.worker = Some(worker));
        }
    }

    /// Lines up every lane whose wait is over.
    fn release_parked(&self, world: &World) {
        for (lane, parked) in self.waiting() {
            let is_over = parked
                .deadline()
                .is_some_and(|end| world.clock.get() >= end);
            if is_over || parked.is_ready() {
                self.task(lane, |task| task.held = Some(Held::Ready));
                self.ready.line_up(lane);
            }
        }
    }

    /// The lanes that block their threads.
    fn waiting(&self) -> Vec<(LaneId, Parked)> {
        let tasks = self.tasks.borrow();
        let waiting = |(lane, task): (LaneId, &Task)| match task.held {
            Some(Held::Waiting(parked)) => Some((lane, parked)),
            _ => None,
        };
        tasks.iter().enumerate().filter_map(waiting).collect()
    }

    /// The lane that blocks a thread of the runtime, if one does.
    fn blocked_on_runtime(&self) -> Option<LaneId> {
        let mut waiting = self.waiting().into_iter().map(|(lane, _)| lane);
        waiting.find(|&lane| !self.is_thread(lane))
    }

    /// Whether a lane goes on without a thread of the runtime to be found for it.
    fn has_thread(&self, lane: LaneId) -> bool {
        self.task(lane, |task| task.is_thread || task.worker.is_some())
    }

    /// Moves the clock to where something happens; whether anything does. A runtime that is
    /// blocked does not look at its timers.
    fn advance(&self, world: &World, timers: bool) -> bool {
        let threads = self
            .waiting()
            .into_iter()
            .filter_map(|(_, parked)| parked.deadline());
        let timers = timers.then(|| self.timers.borrow().next()).flatten();
        let Some(next) = threads.chain(timers).min() else {
            return false;
        };
        let now: Duration = world.clock.get().max(next);
        world.clock.set(now);
        let over = self.timers.borrow_mut().take_over(now);
        for waker in over {
            waker.wake();
        }
        true
    }

    /// Ends the runtime when main is over: polls that have begun come to their ends, and what is
    /// left of the other tasks is dropped.
    fn close(&self, world: &World) {
        self.closing.set(true);
        let count = self.tasks.borrow().len();
        for lane in 0..count {
            let held = self.task(lane, |task| task.held);
            if matches!(held, Some(Held::Ready)) {
                self.go_on(world, lane);
            }
        }
        let mut lane = 0;
        while lane < self.tasks.borrow().len() && world.failure.borrow().is_none() {
            if self.task(lane, |task| task.job.is_some()) {
                world.current.set(lane);
                self.give(world, lane, Work::Cancel(lane));
            }
            lane += 1;
        }
    }

    /// Leaves everything as it stands, without running a destructor in a world that is over.
    fn abandon(&self) {
        for task in self.tasks.borrow_mut().iter_mut() {
            std::mem::forget(task.job.take());
        }
    }
}

/// What a worker does.
fn perform(work: Work) {
    let world = here();
    let runtime = world.scheduler.runtime().expect("tasks have a runtime");
    match work {
        Work::Poll(lane) => runtime.poll(&world, lane),
        Work::Cancel(lane) => runtime.cancel(&world, lane),
    }
}

impl Runtime {
    fn poll(&self, world: &World, lane: LaneId) {
        world.count_step();
        let (job, waker, aborted) = self.task(lane, |task| {
            task.begin_poll();
            (task.job.take(), task.waker.clone(), task.aborted)
        });
        let Some(mut job) = job else { return };
        if aborted {
            self.task(lane, |task| task.job = Some(job));
            return self.cancel(world, lane);
        }
        world.lane(|lane| lane.digest = digest(&(lane.digest, 'p')));
        self.ready.begin(lane);
        let polled = job.poll(&mut Context::from_waker(&waker));
        match polled {
            Poll::Pending => self.task(lane, |task| task.job = Some(job)),
            Poll::Ready(()) => {
                drop(job);
                self.end(world, lane);
            }
        }
        self.ready.end(lane, polled.is_ready());
    }

    /// Drops what is left of a task.
    fn cancel(&self, world: &World, lane: LaneId) {
        let job = self.task(lane, |task| {
            task.begin_poll();
            task.job.take()
        });
        if let Some(mut job) = job {
            self.ready.begin(lane);
            job.cancel();
            drop(job);
            self.end(world, lane);
            self.ready.end(lane, true);
        }
    }

    fn end(&self, world: &World, lane: LaneId) {
        world.lanes.borrow_mut()[lane].done = true;
        world.changes.set(world.changes.get() + 1);
    }
}
