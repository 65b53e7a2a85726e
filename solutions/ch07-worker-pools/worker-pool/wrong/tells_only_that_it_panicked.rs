//! Wrong: tells that a job panicked and keeps the text for itself.
//! Caught by: a_job_that_panics_costs_no_worker

use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::sync::{self, mpsc, oneshot};
use tokio_util::task::TaskTracker;

/// What a worker does.
pub type Job<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// How a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T> {
    /// It came to its end, with this result.
    Done(T),
    /// It panicked, with this text.
    Panicked(String),
}

/// A job was not accepted. Here it is.
pub enum Refused<T> {
    /// No worker is free, and there is no room to wait.
    Full(Job<T>),
    /// The pool takes no more jobs.
    Stopped(Job<T>),
}

/// Stands for the outcome of one job.
pub struct Receipt<T> {
    outcome: oneshot::Receiver<Outcome<T>>,
}

impl<T> Receipt<T> {
    /// How the job ended, as soon as it has.
    pub async fn outcome(self) -> Outcome<T> {
        match self.outcome.await {
            Ok(outcome) => outcome,
            Err(_) => unreachable!("a worker answers for every job that it takes"),
        }
    }
}

/// Runs jobs, a few at a time.
pub struct WorkerPool<T> {
    /// Nothing once the pool is stopped.
    jobs: Mutex<Option<mpsc::Sender<Order<T>>>>,
    workers: TaskTracker,
}

struct Order<T> {
    job: Job<T>,
    reply: oneshot::Sender<Outcome<T>>,
}

/// Locked by the one worker that waits for the next job.
type Queue<T> = sync::Mutex<mpsc::Receiver<Order<T>>>;

impl<T: Send + 'static> WorkerPool<T> {
    /// Starts that many workers, with `room` for jobs that wait.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn start(workers: NonZeroUsize, room: NonZeroUsize) -> Self {
        let (jobs, queue) = mpsc::channel(room.get());
        let queue = Arc::new(sync::Mutex::new(queue));
        let tracker = TaskTracker::new();
        for _ in 0..workers.get() {
            tracker.spawn(work(Arc::clone(&queue)));
        }
        tracker.close();
        Self {
            jobs: Mutex::new(Some(jobs)),
            workers: tracker,
        }
    }

    /// Accepts a job, or hands it back. Waits for nothing.
    ///
    /// # Errors
    /// If no worker is free and there is no room, or if the pool is stopped.
    pub fn try_submit(&self, job: Job<T>) -> Result<Receipt<T>, Refused<T>> {
        let jobs = self.jobs.lock().unwrap();
        let Some(jobs) = &*jobs else {
            return Err(Refused::Stopped(job));
        };
        let (reply, outcome) = oneshot::channel();
        match jobs.try_send(Order { job, reply }) {
            Ok(()) => Ok(Receipt { outcome }),
            Err(error) => Err(Refused::Full(error.into_inner().job)),
        }
    }

    /// Takes no more jobs, and waits for those that were accepted.
    pub async fn stop(&self) {
        drop(self.jobs.lock().unwrap().take());
        self.workers.wait().await;
    }
}

async fn work<T: Send + 'static>(queue: Arc<Queue<T>>) {
    loop {
        let order = queue.lock().await.recv().await;
        let Some(Order { job, reply }) = order else {
            return;
        };
        // A panic ends this task and not the worker.
        let outcome = match tokio::spawn(job).await {
            Ok(result) => Outcome::Done(result),
            Err(error) => Outcome::Panicked(error.to_string()),
        };
        // Perhaps nobody wants to know.
        let _ = reply.send(outcome);
    }
}
