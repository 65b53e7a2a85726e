//! Wrong: so that normal jobs do not starve, each eleventh turn is theirs. It is well meant, and not what was asked.
//! Caught by: however_many_urgent_jobs_are_queued_they_begin_first

use std::fmt;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::select;
use tokio::sync::{self, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

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
    inbox: mpsc::UnboundedReceiver<Outcome>,
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
    /// Held by the one worker that waits for the next job.
    queues: sync::Mutex<Queues>,
    status: Mutex<Status>,
    closing: CancellationToken,
}

struct Queues {
    urgent: mpsc::Receiver<Job>,
    normal: mpsc::Receiver<Job>,
    urgent_in_a_row: usize,
}

impl Scheduler {
    /// Starts that many workers, with `room` for queued jobs of each class.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn start(workers: NonZeroUsize, room: NonZeroUsize) -> (Self, Outcomes) {
        let (urgent, urgent_jobs) = mpsc::channel(room.get());
        let (normal, normal_jobs) = mpsc::channel(room.get());
        let (outcomes, inbox) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            queues: sync::Mutex::new(Queues {
                urgent: urgent_jobs,
                normal: normal_jobs,
                urgent_in_a_row: 0,
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
        let queue = match priority {
            Priority::Urgent => &self.urgent,
            Priority::Normal => &self.normal,
        };
        let place = select! {
            biased;
            () = self.shared.closing.cancelled() => return Err(job),
            place = queue.reserve() => place,
        };
        let Ok(place) = place else {
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

    /// The job that a free worker does next; `None` once there will be none.
    async fn next(&self) -> Option<(Priority, Job)> {
        let mut queues = self.queues.lock().await;
        let Queues {
            urgent,
            normal,
            urgent_in_a_row,
        } = &mut *queues;
        *urgent_in_a_row += 1;
        if *urgent_in_a_row > 10 {
            *urgent_in_a_row = 0;
            if let Ok(job) = normal.try_recv() {
                return Some((Priority::Normal, job));
            }
        }
        select! {
            biased;
            () = self.closing.cancelled() => {}
            Some(job) = urgent.recv() => return Some((Priority::Urgent, job)),
            Some(job) = normal.recv() => return Some((Priority::Normal, job)),
        }
        // What is closed refuses what comes, and still hands out what is there.
        urgent.close();
        normal.close();
        if let Some(job) = urgent.recv().await {
            return Some((Priority::Urgent, job));
        }
        normal.recv().await.map(|job| (Priority::Normal, job))
    }
}

async fn work(shared: Arc<Shared>, outcomes: mpsc::UnboundedSender<Outcome>) {
    while let Some((priority, job)) = shared.next().await {
        shared.count(|status| {
            *status.queued(priority) -= 1;
            status.running += 1;
        });
        let Job { name, work } = job;
        // A panic ends the task and not the worker; the handle ends the task with the worker.
        let task = AbortOnDropHandle::new(tokio::spawn(work));
        let result = task.await.map_err(|_| Panicked);
        shared.count(|status| status.running -= 1);
        // Perhaps nobody wants to know.
        let _ = outcomes.send(Outcome { name, result });
    }
}
