//! A sorted map for what waits, with `parking_lot`. Its keys are the seconds at which a job would have had to
//! come with priority 0 to be as urgent; the least is the most urgent. A worker that panics is replaced.

use std::collections::BTreeMap;
use std::num::{NonZeroU64, NonZeroUsize};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use parking_lot::{Condvar, Mutex};

/// What a worker does.
pub type Job = Box<dyn FnOnce() + Send>;

/// Runs jobs on threads, the most urgent first.
pub struct PriorityPool {
    shared: Arc<Shared>,
    step: NonZeroU64,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    ended: Condvar,
}

#[derive(Default)]
struct State {
    jobs: BTreeMap<(i128, u64), Job>,
    accepted: u64,
    stopped: bool,
    workers: usize,
    threads: Vec<JoinHandle<()>>,
}

impl PriorityPool {
    /// Starts that many threads. What waits for `step` seconds is one more urgent.
    pub fn start(workers: NonZeroUsize, step: NonZeroU64) -> Self {
        let shared = Arc::<Shared>::default();
        for _ in 0..workers.get() {
            Worker::start(Arc::clone(&shared));
        }
        Self { shared, step }
    }

    /// Accepts a job that begins to wait `now`, in seconds of the caller's clock.
    ///
    /// # Errors
    /// Gives the job back if the pool is stopped.
    pub fn submit(&self, now: u64, priority: u32, job: Job) -> Result<(), Job> {
        let lead = i128::from(self.step.get()) * i128::from(priority);
        let mut state = self.shared.state.lock();
        if state.stopped {
            return Err(job);
        }
        let number = state.accepted;
        state.accepted += 1;
        state.jobs.insert((i128::from(now) - lead, number), job);
        self.shared.changed.notify_one();
        Ok(())
    }

    /// Takes no more jobs, and waits for those that were accepted and for the threads.
    pub fn stop(&self) {
        let mut state = self.shared.state.lock();
        state.stopped = true;
        self.shared.changed.notify_all();
        while state.workers > 0 {
            self.shared.ended.wait(&mut state);
        }
        let threads = std::mem::take(&mut state.threads);
        drop(state);
        for thread in threads {
            // How it ended is told by whoever has replaced it.
            let _ = thread.join();
        }
    }
}

impl Drop for PriorityPool {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Lives on the stack of its thread, and notices when that comes to its end.
struct Worker(Arc<Shared>);

impl Worker {
    fn start(shared: Arc<Shared>) {
        let mut state = shared.state.lock();
        state.workers += 1;
        let worker = Self(Arc::clone(&shared));
        state.threads.push(thread::spawn(move || worker.work()));
    }

    fn work(self) {
        while let Some(job) = self.next() {
            job();
        }
    }

    fn next(&self) -> Option<Job> {
        let mut state = self.0.state.lock();
        loop {
            if let Some((_, job)) = state.jobs.pop_first() {
                return Some(job);
            }
            if state.stopped {
                return None;
            }
            self.0.changed.wait(&mut state);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if thread::panicking() {
            Self::start(Arc::clone(&self.0));
        }
        self.0.state.lock().workers -= 1;
        self.0.ended.notify_all();
    }
}
