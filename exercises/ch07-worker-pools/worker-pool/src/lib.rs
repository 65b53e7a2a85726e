//! # Worker pool
//!
//! A photo laboratory develops pictures, a few at a time. In Go such a pool is a channel of jobs, a loop
//! of goroutines, a channel of results and a `quit` channel. A guide's version reported 46 of 200 accepted
//! jobs after its graceful shutdown, hangs if nobody reads the results, and takes the whole process along
//! when a job panics.
//!
//! Below is a port in which each job has a channel of its own for its result. It is nearly right.
//!
//! The rules, in which a job is *accepted* when `try_submit` gives a receipt, and *waits* until it begins:
//!
//! - At most `workers` jobs run at a time, and while fewer do, no job waits. They begin in the order in
//!   which they were accepted.
//! - `room` jobs can wait, beside those that run. A job is handed back as `Full` only if `room` others
//!   wait, and is accepted only if a worker is free or fewer than `room` wait.
//! - Every accepted job has one outcome, for which its receipt waits: its result, or the text of its
//!   panic. It is there as soon as the job is over.
//! - Neither the jobs nor `stop` wait for somebody to ask for an outcome. A receipt that is dropped, at
//!   once or while somebody waits for it, changes nothing for the job.
//! - A job that panics costs only itself.
//! - From the moment when `stop` is called, jobs are handed back as `Stopped`. Those that were accepted
//!   are run. `stop` returns when the last of them is over and nothing of the pool is left.
//! - `stop` may be called again, at the same time or later, and does the same. If a call is dropped
//!   half-way, it has begun the stop nevertheless, and cut nothing off.
//! - A pool that is dropped without `stop` keeps its word too: what was accepted is run, and then nothing
//!   of the pool is left.
//! - While there is nothing to do, nothing is done: no polling.
//!
//! You may change everything in this file but the signatures of what is public.

use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::Arc;

use tokio::select;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

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
            Err(error) => Outcome::Panicked(error.to_string()),
        }
    }
}

/// Runs jobs, a few at a time.
pub struct WorkerPool<T> {
    jobs: mpsc::Sender<Order<T>>,
    quit: CancellationToken,
    workers: Mutex<JoinSet<()>>,
}

struct Order<T> {
    job: Job<T>,
    reply: oneshot::Sender<Outcome<T>>,
}

impl<T: Send + 'static> WorkerPool<T> {
    /// Starts that many workers, with `room` for jobs that wait.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn start(workers: NonZeroUsize, room: NonZeroUsize) -> Self {
        let (jobs, queue) = mpsc::channel(room.get());
        let queue = Arc::new(Mutex::new(queue));
        let quit = CancellationToken::new();
        let mut set = JoinSet::new();
        for _ in 0..workers.get() {
            set.spawn(work(Arc::clone(&queue), quit.clone()));
        }
        Self {
            jobs,
            quit,
            workers: Mutex::new(set),
        }
    }

    /// Accepts a job, or hands it back. Waits for nothing.
    ///
    /// # Errors
    /// If no worker is free and there is no room, or if the pool is stopped.
    pub fn try_submit(&self, job: Job<T>) -> Result<Receipt<T>, Refused<T>> {
        if self.quit.is_cancelled() {
            return Err(Refused::Stopped(job));
        }
        let (reply, outcome) = oneshot::channel();
        match self.jobs.try_send(Order { job, reply }) {
            Ok(()) => Ok(Receipt { outcome }),
            Err(mpsc::error::TrySendError::Full(order)) => Err(Refused::Full(order.job)),
            Err(mpsc::error::TrySendError::Closed(order)) => Err(Refused::Stopped(order.job)),
        }
    }

    /// Takes no more jobs, and waits for those that were accepted.
    pub async fn stop(&self) {
        self.quit.cancel();
        let mut workers = self.workers.lock().await;
        while workers.join_next().await.is_some() {}
    }
}

async fn work<T>(queue: Arc<Mutex<mpsc::Receiver<Order<T>>>>, quit: CancellationToken) {
    loop {
        let mut jobs = queue.lock().await;
        let order = select! {
            () = quit.cancelled() => return,
            order = jobs.recv() => order,
        };
        drop(jobs);
        let Some(Order { job, reply }) = order else {
            return;
        };
        let result = job.await;
        let _ = reply.send(Outcome::Done(result));
    }
}
