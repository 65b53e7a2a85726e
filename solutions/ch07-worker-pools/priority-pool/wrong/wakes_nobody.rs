//! Wrong: a job is put into the queue, and a worker that sleeps does not hear of it.
//! Caught by: as_many_jobs_run_as_there_are_workers

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::num::{NonZeroU64, NonZeroUsize};
use std::panic::{self, AssertUnwindSafe};
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
    queue: Mutex<Queue>,
    changed: Condvar,
}

struct Queue {
    jobs: BinaryHeap<Waiting>,
    accepted: u64,
    stopped: bool,
}

struct Waiting {
    /// By urgency, and then the other way round by the number of the job.
    key: (i128, Reverse<u64>),
    job: Job,
}

impl PriorityPool {
    /// Starts that many threads. What waits for `step` seconds is one more urgent.
    pub fn start(workers: NonZeroUsize, step: NonZeroU64) -> Self {
        let shared = Arc::new(Shared {
            queue: Mutex::new(Queue {
                jobs: BinaryHeap::new(),
                accepted: 0,
                stopped: false,
            }),
            changed: Condvar::new(),
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
        // At any time `t` it is priority + (t - now) / step. Without what is the same for all, and in
        // whole numbers:
        let urgency = i128::from(priority) * i128::from(self.step.get()) - i128::from(now);
        let mut queue = self.shared.queue.lock().unwrap();
        if queue.stopped {
            return Err(job);
        }
        let key = (urgency, Reverse(queue.accepted));
        queue.accepted += 1;
        queue.jobs.push(Waiting { key, job });
        Ok(())
    }

    /// Takes no more jobs, and waits for those that were accepted and for the threads.
    pub fn stop(&self) {
        self.shared.queue.lock().unwrap().stopped = true;
        self.shared.changed.notify_all();
        // Whoever comes second waits for this lock, and so for the threads.
        for worker in self.workers.lock().unwrap().drain(..) {
            worker.join().expect("a worker catches what it runs");
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
            // Nothing of the pool is in the hands of a job.
            let _ = panic::catch_unwind(AssertUnwindSafe(job));
        }
    }

    /// The most urgent job, as soon as there is one; `None` once there will be none.
    fn next(&self) -> Option<Job> {
        let mut queue = self.queue.lock().unwrap();
        while queue.jobs.is_empty() && !queue.stopped {
            queue = self.changed.wait(queue).unwrap();
        }
        queue.jobs.pop().map(|waiting| waiting.job)
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
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
