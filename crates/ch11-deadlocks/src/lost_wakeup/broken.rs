//! A queue of jobs whose workers sleep until there is a job or the queue is stopped.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};
use std::thread;

/// The number of a job.
pub type Job = u32;

/// Jobs that wait for a worker.
pub struct Queue {
    jobs: Mutex<VecDeque<Job>>,
    stopped: AtomicBool,
    changed: Condvar,
}

impl Queue {
    /// A queue that starts with `jobs`.
    pub fn new(jobs: VecDeque<Job>) -> Self {
        Self {
            jobs: Mutex::new(jobs),
            stopped: AtomicBool::new(false),
            changed: Condvar::new(),
        }
    }

    /// The next job; waits for one, and is `None` once the queue is stopped and empty.
    pub fn next(&self) -> Option<Job> {
        let mut jobs = self.jobs.lock().unwrap();
        loop {
            if let Some(job) = jobs.pop_front() {
                return Some(job);
            }
            if self.stopped.load(Ordering::SeqCst) {
                return None;
            }
            jobs = self.changed.wait(jobs).unwrap();
        }
    }

    /// Tells every worker to go home when the jobs are done.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
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
