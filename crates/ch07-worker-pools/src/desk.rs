//! A desk that takes jobs, has them done by so many workers, and owes everyone an answer.
//!
//! What the chapter's pairs teach one by one stands together here: a job is accepted or refused at
//! once, an accepted one ends exactly once, a panic is an end like any other, a cancel reaches a
//! job that waits as well as one that runs, and a desk that closes leaves nothing behind. The job
//! server (`crates/job-server`) puts it behind HTTP; `checks/desk.rs` runs it under every schedule
//! within a bound.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::future::Future;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tokio::task::JoinError;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With this result.
    Done(String),
    /// With this error, or with what its panic said.
    Failed(String),
    /// It was cancelled, before it began or while it ran.
    Cancelled,
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// No worker has time for it yet.
    Waiting,
    /// A worker has it.
    Running,
    /// It has ended.
    Over(Outcome),
}

/// Why a job was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// As many jobs as there is room for are not over yet.
    Full,
    /// The desk knows a job with this id.
    Known,
    /// The desk is closing.
    Closing,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "there is no room for another job; try again later",
            Self::Known => "there is a job with this id",
            Self::Closing => "no more jobs are accepted; the desk is closing",
        })
    }
}

impl std::error::Error for Refused {}

/// How much a desk takes on.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// So many jobs run at once.
    pub workers: NonZeroUsize,
    /// So many more wait.
    pub queue: usize,
    /// Of so many that are over the desk still knows the outcome.
    pub remembered: usize,
}

/// A desk. Clones are the same desk.
#[derive(Clone)]
pub struct Desk {
    shared: Arc<Shared>,
}

/// Is told of every outcome, once.
type Told = dyn Fn(&str, &Outcome) + Send + Sync;

type Work = Pin<Box<dyn Future<Output = Result<String, String>> + Send>>;

struct Shared {
    size: Size,
    jobs: Mutex<Jobs>,
    /// Each is a task that does one job after the other until none waits.
    workers: TaskTracker,
    /// Cancels every job.
    stop: CancellationToken,
    told: Box<Told>,
}

struct Jobs {
    is_open: bool,
    /// How many workers there are just now.
    workers: usize,
    queue: VecDeque<Accepted>,
    known: HashMap<String, Known>,
    /// Those that are over, the oldest first.
    over: VecDeque<String>,
}

struct Known {
    stop: CancellationToken,
    status: watch::Receiver<Status>,
}

struct Accepted {
    work: Work,
    stop: CancellationToken,
    ticket: Ticket,
}

/// What remains of a job when its work is over.
struct Ticket {
    id: String,
    progress: watch::Sender<Status>,
}

impl Desk {
    /// Opens a desk. `told` hears of every outcome once, before anybody who waits for it.
    /// It must not panic: the worker that calls it would end, and the job with it, untold.
    pub fn open(size: Size, told: impl Fn(&str, &Outcome) + Send + Sync + 'static) -> Self {
        let jobs = Jobs {
            is_open: true,
            workers: 0,
            queue: VecDeque::new(),
            known: HashMap::new(),
            over: VecDeque::new(),
        };
        Self {
            shared: Arc::new(Shared {
                size,
                jobs: Mutex::new(jobs),
                workers: TaskTracker::new(),
                stop: CancellationToken::new(),
                told: Box::new(told),
            }),
        }
    }

    /// Accepts a job. Jobs begin in the order in which they were accepted, each when a worker has
    /// time for it.
    ///
    /// # Errors
    /// If the job is not accepted. Nothing of it runs then, and nobody is told.
    pub fn submit<W>(&self, id: &str, work: W) -> Result<(), Refused>
    where
        W: Future<Output = Result<String, String>> + Send + 'static,
    {
        let mut jobs = self.shared.jobs();
        let is_idle = jobs.workers < self.shared.size.workers.get();
        if !jobs.is_open {
            return Err(Refused::Closing);
        }
        if jobs.known.contains_key(id) {
            return Err(Refused::Known);
        }
        if !is_idle && jobs.queue.len() >= self.shared.size.queue {
            return Err(Refused::Full);
        }
        let stop = self.shared.stop.child_token();
        let (progress, status) = watch::channel(Status::Waiting);
        let known = Known {
            stop: stop.clone(),
            status,
        };
        jobs.known.insert(id.to_owned(), known);
        let job = Accepted {
            work: Box::pin(work),
            stop,
            ticket: Ticket {
                id: id.to_owned(),
                progress,
            },
        };
        if is_idle {
            jobs.workers += 1;
            // Still under the lock: a desk that closes waits for what was accepted before.
            let worker = self.shared.clone().work_off(job);
            self.shared.workers.spawn(worker);
        } else {
            jobs.queue.push_back(job);
        }
        Ok(())
    }

    /// How far a job is; nothing if the desk does not know it, or not any more.
    pub fn status(&self, id: &str) -> Option<Status> {
        let jobs = self.shared.jobs();
        jobs.known.get(id).map(|job| job.status.borrow().clone())
    }

    /// Cancels a job, whether it waits or runs, and tells how far it was; nothing if the desk does
    /// not know it. One that is over stays as it is.
    pub fn cancel(&self, id: &str) -> Option<Status> {
        let mut jobs = self.shared.jobs();
        let known = jobs.known.get(id)?;
        let status = known.status.borrow().clone();
        known.stop.cancel();
        let place = jobs.queue.iter().position(|job| job.ticket.id == id);
        let waiting = place.and_then(|place| jobs.queue.remove(place));
        drop(jobs);
        if let Some(job) = waiting {
            self.shared.cancelled(job);
        }
        Some(status)
    }

    /// Waits for the end of a job; nothing if the desk does not know it.
    ///
    /// Cancel safe: whoever stops waiting changes nothing.
    pub async fn outcome(&self, id: &str) -> Option<Outcome> {
        let mut status = self.shared.jobs().known.get(id)?.status.clone();
        loop {
            if let Status::Over(outcome) = &*status.borrow_and_update() {
                return Some(outcome.clone());
            }
            status.changed().await.ok()?;
        }
    }

    /// The jobs that are not over, in no order.
    pub fn unfinished(&self) -> Vec<String> {
        let jobs = self.shared.jobs();
        let unfinished = jobs.known.iter();
        unfinished
            .filter(|(_, job)| !matches!(*job.status.borrow(), Status::Over(_)))
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// Accepts no more jobs, lets those that were accepted end until `finish_by`, and cancels what
    /// is left then. Returns when every accepted job has its outcome. How soon that is after
    /// `finish_by` is up to the jobs: one that never comes to an `.await` cannot be cancelled.
    pub async fn close(&self, finish_by: Instant) {
        self.shared.jobs().is_open = false;
        self.shared.workers.close();
        let all_over = timeout_at(finish_by, self.shared.workers.wait()).await;
        if all_over.is_err() {
            let waiting = std::mem::take(&mut self.shared.jobs().queue);
            self.shared.stop.cancel();
            for job in waiting {
                self.shared.cancelled(job);
            }
            self.shared.workers.wait().await;
        }
    }
}

impl Shared {
    /// A panic while the lock is held would be a bug of the desk; the jobs are whole after each
    /// line, so that the others go on.
    fn jobs(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A worker: one job after the other.
    async fn work_off(self: Arc<Self>, first: Accepted) {
        let mut next = Some(first);
        while let Some(Accepted { work, stop, ticket }) = next {
            ticket.progress.send_replace(Status::Running);
            let outcome = run(work, &stop).await;
            next = self.over(ticket, outcome, |jobs| {
                let next = jobs.queue.pop_front();
                jobs.workers -= usize::from(next.is_none());
                next
            });
        }
    }

    /// The end of a job that no worker has begun.
    fn cancelled(&self, job: Accepted) {
        self.over(job.ticket, Outcome::Cancelled, |_| ());
    }

    /// A job is over. Who hears of it finds done what `then` does.
    fn over<T>(&self, ticket: Ticket, outcome: Outcome, then: impl FnOnce(&mut Jobs) -> T) -> T {
        (self.told)(&ticket.id, &outcome);
        let mut jobs = self.jobs();
        jobs.remember(ticket.id, self.size.remembered);
        let then = then(&mut jobs);
        drop(jobs);
        ticket.progress.send_replace(Status::Over(outcome));
        then
    }
}

impl Jobs {
    /// Keeps the outcome of a job, and forgets the oldest if there are too many.
    fn remember(&mut self, id: String, most: usize) {
        self.over.push_back(id);
        if self.over.len() > most
            && let Some(oldest) = self.over.pop_front()
        {
            self.known.remove(&oldest);
        }
    }
}

/// Runs a job in a task of its own, where a panic costs nobody else anything.
async fn run(work: Work, stop: &CancellationToken) -> Outcome {
    let mut work = tokio::spawn(work);
    let end = tokio::select! {
        end = &mut work => end,
        () = stop.cancelled() => {
            work.abort();
            // Over is what has stopped, not what was told to.
            work.await
        }
    };
    match end {
        Ok(Ok(result)) => Outcome::Done(result),
        Ok(Err(error)) => Outcome::Failed(error),
        Err(end) if end.is_cancelled() => Outcome::Cancelled,
        Err(panic) => Outcome::Failed(said(panic)),
    }
}

fn said(panic: JoinError) -> String {
    let panic = panic.into_panic();
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("panicked: {}", said.unwrap_or("a value that is no text"))
}
