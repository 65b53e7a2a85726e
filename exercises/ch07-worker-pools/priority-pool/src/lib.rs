//! # Priority pool
//!
//! The threads of a print shop take the most urgent order first. In Go a guide does this with a heap, a
//! mutex and a condition variable, and has a loop that raises the priority of whatever waits, in place.
//! Of 50 orders that it had accepted its `Stop` printed none, or it hung; and what was raised inside the
//! heap no longer stood where a heap looks for it.
//!
//! Below is a port that needs no such loop. It is nearly right.
//!
//! The rules, in which a job is *accepted* when its `submit` returns `Ok`, and *waits* until it begins:
//!
//! - `workers` threads run the jobs, so many at a time and no more. While a job waits, no worker is idle.
//! - A free worker begins the most urgent job that waits. A job is as urgent as its priority says when it
//!   is submitted, and for each `step` seconds of waiting one more; for a part of a step the same part of
//!   one. Of equally urgent jobs, the one that was accepted first begins first.
//! - The time at which a job begins to wait is what its `submit` calls `now`. The pool has no other clock.
//!   All numbers may be as large as their types.
//! - `submit` waits for no job, and neither does a job that submits another one.
//! - A job that panics costs neither a worker nor another job.
//! - From the moment when `stop` is called, `submit` gives jobs back. What was accepted is run. `stop`
//!   returns when the last job is over and the threads have ended.
//! - `stop` may be called again, at the same time or later, and does the same. Dropping the pool stops it.
//! - Whoever waits sleeps until there is something to do: no polling, no `sleep`, no timeout.
//!
//! You may change everything in this file but the signatures of what is public.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::num::{NonZeroU64, NonZeroUsize};
use std::sync::atomic::{self, AtomicBool};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

/// What a worker does.
pub type Job = Box<dyn FnOnce() + Send>;

/// Runs jobs on threads, the most urgent first.
pub struct PriorityPool {
    shared: Arc<Shared>,
    step: NonZeroU64,
    workers: Mutex<Vec<JoinHandle<()>>>,
}

struct Shared {
    jobs: Mutex<BinaryHeap<Waiting>>,
    changed: Condvar,
    stopped: AtomicBool,
}

struct Waiting {
    urgency: i64,
    job: Job,
}

impl PriorityPool {
    /// Starts that many threads. What waits for `step` seconds is one more urgent.
    pub fn start(workers: NonZeroUsize, step: NonZeroU64) -> Self {
        let shared = Arc::new(Shared {
            jobs: Mutex::new(BinaryHeap::new()),
            changed: Condvar::new(),
            stopped: AtomicBool::new(false),
        });
        let threads = (0..workers.get()).map(|_| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || shared.work())
        });
        Self {
            workers: Mutex::new(threads.collect()),
            step,
            shared,
        }
    }

    /// Accepts a job that begins to wait `now`, in seconds of the caller's clock.
    ///
    /// # Errors
    /// Gives the job back if the pool is stopped.
    pub fn submit(&self, now: u64, priority: u32, job: Job) -> Result<(), Job> {
        if self.shared.stopped.load(atomic::Ordering::SeqCst) {
            return Err(job);
        }
        // All that wait grow urgent at the same pace, so what is older has a lead that does not change.
        let urgency = i64::from(priority) - (now / self.step) as i64;
        self.shared
            .jobs
            .lock()
            .unwrap()
            .push(Waiting { urgency, job });
        self.shared.changed.notify_one();
        Ok(())
    }

    /// Takes no more jobs, and waits for those that were accepted and for the threads.
    pub fn stop(&self) {
        {
            // Under the lock, so that nobody goes to sleep meanwhile.
            let _jobs = self.shared.jobs.lock().unwrap();
            self.shared.stopped.store(true, atomic::Ordering::SeqCst);
        }
        self.shared.changed.notify_all();
        for worker in self.workers.lock().unwrap().drain(..) {
            let _ = worker.join();
        }
    }
}

impl Drop for PriorityPool {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    fn work(&self) {
        while let Some(job) = self.next() {
            job();
        }
    }

    fn next(&self) -> Option<Job> {
        let mut jobs = self.jobs.lock().unwrap();
        while jobs.is_empty() && !self.stopped.load(atomic::Ordering::SeqCst) {
            jobs = self.changed.wait(jobs).unwrap();
        }
        jobs.pop().map(|waiting| waiting.job)
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        self.urgency.cmp(&other.urgency)
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Waiting {}
