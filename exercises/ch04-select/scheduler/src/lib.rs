//! # Scheduler
//!
//! A few workers share two queues of jobs: what is urgent, and what can wait. A guide builds this in Go
//! from two buffered channels, a channel for results, a channel for control messages and a context. It
//! takes one `select` over all of them for a priority, and one channel for a question and its answer.
//!
//! Below is a port that is more careful than the original. It is nearly right.
//!
//! The rules, in which a job is *accepted* when its `submit` returns `Ok`, and *queued* until it begins:
//!
//! - At most `workers` jobs run at a time. While fewer do, no job stays queued.
//! - A worker that becomes free begins an urgent job if one is queued, and otherwise a normal one. The
//!   jobs of a class begin in the order in which they were accepted.
//! - At most `room` jobs of a class are queued. While there are as many, `submit` waits; that is of no
//!   concern to the other class. The job of a `submit` that is dropped while it waits is not run, and
//!   takes no room.
//! - Every accepted job has one outcome, which is there until somebody takes it: neither the jobs
//!   nor `shutdown` wait for that. The jobs run also if the `Outcomes` are dropped.
//! - A job that panics has this as its outcome, and that is all that comes of it.
//! - `status` waits for no job: it is answered also while all workers are busy, while all are idle, and
//!   after `shutdown`. Each call counts once.
//! - From the moment when `shutdown` is called, `submit` gives jobs back at once, also those that wait.
//!   What was accepted until then is run. `shutdown` returns when all of it has come to its end; then
//!   `Outcomes` hands out what is left, and then ends.
//! - `shutdown` may be called again, at the same time or later, and does the same. If a call is dropped
//!   half-way, it has begun the shutdown nevertheless, and cut nothing off.
//! - A scheduler that is dropped without `shutdown` cuts its jobs off where they stand. Nothing that it
//!   started goes on, and `Outcomes` ends.
//! - While there is nothing to do, nothing is done: no polling.
//!
//! You may change everything in this file but the signatures of what is public.

use std::fmt;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::select;
use tokio::sync::{self, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Which queue a job goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// Before everything that is normal.
    Urgent,
    /// When nothing is urgent.
    Normal,
}

/// Work with a name.
pub struct Job {
    /// What it is called in its outcome.
    pub name: String,
    /// What is to be done; its result is a text.
    pub work: Pin<Box<dyn Future<Output = String> + Send>>,
}

impl Job {
    /// A job from its name and its work.
    pub fn new(name: &str, work: impl Future<Output = String> + Send + 'static) -> Self {
        Self {
            name: name.to_owned(),
            work: Box::pin(work),
        }
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Job").field(&self.name).finish()
    }
}

/// A job panicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panicked;

/// What became of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The name of the job.
    pub name: String,
    /// Its result.
    pub result: Result<String, Panicked>,
}

/// How busy a scheduler is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// How many jobs run.
    pub running: usize,
    /// How many urgent jobs are queued.
    pub urgent: usize,
    /// How many normal jobs are queued.
    pub normal: usize,
    /// How often the status was asked for, this time included.
    pub asked: usize,
}

/// Where the outcomes of a scheduler wait.
pub struct Outcomes {
    inbox: mpsc::Receiver<Outcome>,
}

impl Outcomes {
    /// The next outcome, as soon as there is one; `None` once there will be no more.
    pub async fn next(&mut self) -> Option<Outcome> {
        self.inbox.recv().await
    }
}

/// Runs jobs, urgent ones first.
pub struct Scheduler {
    urgent: mpsc::Sender<Job>,
    normal: mpsc::Sender<Job>,
    shared: Arc<Shared>,
    workers: sync::Mutex<JoinSet<()>>,
}

struct Shared {
    queues: sync::Mutex<Queues>,
    status: Mutex<Status>,
    closing: CancellationToken,
}

struct Queues {
    urgent: mpsc::Receiver<Job>,
    normal: mpsc::Receiver<Job>,
}

impl Scheduler {
    /// Starts that many workers, with `room` for queued jobs of each class.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn start(workers: NonZeroUsize, room: NonZeroUsize) -> (Self, Outcomes) {
        let (urgent, urgent_jobs) = mpsc::channel(room.get());
        let (normal, normal_jobs) = mpsc::channel(room.get());
        let (outcomes, inbox) = mpsc::channel(100);
        let shared = Arc::new(Shared {
            queues: sync::Mutex::new(Queues {
                urgent: urgent_jobs,
                normal: normal_jobs,
            }),
            status: Mutex::new(Status::default()),
            closing: CancellationToken::new(),
        });
        let mut set = JoinSet::new();
        for _ in 0..workers.get() {
            set.spawn(work(Arc::clone(&shared), outcomes.clone()));
        }
        let scheduler = Self {
            urgent,
            normal,
            shared,
            workers: sync::Mutex::new(set),
        };
        (scheduler, Outcomes { inbox })
    }

    /// Queues a job, as soon as its class has room.
    ///
    /// # Errors
    /// Gives the job back if the scheduler is shut down.
    pub async fn submit(&self, priority: Priority, job: Job) -> Result<(), Job> {
        if self.shared.closing.is_cancelled() {
            return Err(job);
        }
        let queue = match priority {
            Priority::Urgent => &self.urgent,
            Priority::Normal => &self.normal,
        };
        let Ok(place) = queue.reserve().await else {
            return Err(job);
        };
        self.shared.count(|status| *status.queued(priority) += 1);
        place.send(job);
        Ok(())
    }

    /// How busy the scheduler is.
    pub async fn status(&self) -> Status {
        self.shared.count(|status| {
            status.asked += 1;
            *status
        })
    }

    /// Takes no more jobs, and waits for those that were accepted.
    pub async fn shutdown(&self) {
        self.shared.closing.cancel();
        let mut workers = self.workers.lock().await;
        while workers.join_next().await.is_some() {}
    }
}

impl Status {
    fn queued(&mut self, priority: Priority) -> &mut usize {
        match priority {
            Priority::Urgent => &mut self.urgent,
            Priority::Normal => &mut self.normal,
        }
    }
}

impl Shared {
    fn count<R>(&self, change: impl FnOnce(&mut Status) -> R) -> R {
        change(&mut self.status.lock().unwrap())
    }

    async fn next(&self) -> Option<(Priority, Job)> {
        let mut queues = self.queues.lock().await;
        let Queues { urgent, normal } = &mut *queues;
        select! {
            () = self.closing.cancelled() => None,
            Some(job) = urgent.recv() => Some((Priority::Urgent, job)),
            Some(job) = normal.recv() => Some((Priority::Normal, job)),
        }
    }
}

async fn work(shared: Arc<Shared>, outcomes: mpsc::Sender<Outcome>) {
    while let Some((priority, job)) = shared.next().await {
        shared.count(|status| {
            *status.queued(priority) -= 1;
            status.running += 1;
        });
        let Job { name, work } = job;
        let result = tokio::spawn(work).await.map_err(|_| Panicked);
        shared.count(|status| status.running -= 1);
        let _ = outcomes.send(Outcome { name, result }).await;
    }
}
