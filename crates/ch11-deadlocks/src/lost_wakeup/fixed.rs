//! A queue of jobs whose workers sleep until there is a job or the queue is stopped.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};
use std::thread;

/// The number of a job.
pub type Job = u32;

/// Jobs that wait for a worker.
pub struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

/// All that a worker looks at before it decides to sleep.
struct State {
    jobs: VecDeque<Job>,
    stopped: bool,
}

impl Queue {
    /// A queue that starts with `jobs`.
    pub fn new(jobs: VecDeque<Job>) -> Self {
        let stopped = false;
        Self {
            state: Mutex::new(State { jobs, stopped }),
            changed: Condvar::new(),
        }
    }

    /// The next job; waits for one, and is `None` once the queue is stopped and empty.
    pub fn next(&self) -> Option<Job> {
        let mut state = self.state.lock().unwrap();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            if state.stopped {
                return None;
            }
            state = self.changed.wait(state).unwrap();
        }
    }

    /// Tells every worker to go home when the jobs are done.
    pub fn stop(&self) {
        self.state.lock().unwrap().stopped = true;
        self.changed.notify_all();
    }
}

/// Stops a queue while its only worker looks for work.
pub fn run() {
    let queue = Queue::new(VecDeque::new());
    thread::scope(|scope| {
        scope.spawn(|| while queue.next().is_some() {});
        queue.stop();
    });
}
