//! # Job desk
//!
//! A server takes jobs, tells how far each has come, and cancels one by its id: a report over last year's
//! sales, a video to convert. A guide builds the middle of such a server in Go. A second job of the same id
//! takes the first one's place there, and cannot be cancelled any more when the first has ended; a job that
//! is cancelled in the queue keeps its place in it; the shutdown allows 30 s twice, and loses what was
//! queued.
//!
//! Below is a port in which little of that is left. It is nearly right.
//!
//! The rules, in which a job is *accepted* when `submit` returns `Ok`, and *ends* when its work is over, has
//! panicked, or is cancelled:
//!
//! - At most `workers` jobs run at a time, and while fewer do, no job stays queued. They begin in the order
//!   in which they were accepted.
//! - `submit` accepts a job or refuses it at once: as `Closed` after a shutdown has begun, otherwise as
//!   `Duplicate` if a job of this id was ever accepted, whatever became of it, and otherwise perhaps as
//!   `Full`. `room` jobs can be queued beside those that run. A job is `Full` only if `room` others are
//!   queued, and is accepted only if a worker is free or fewer than `room` are queued. An id that was
//!   refused may come again.
//! - `status` tells how far a job has come, also after its end and after a shutdown; `None` if no job of
//!   this id was accepted.
//! - `cancel` cancels a job that is queued or runs, and says `true`. From that moment its status is
//!   `Cancelled`, whatever its work was about to come to. A queued one is not begun and takes no room any
//!   more; a running one is dropped at its next `.await`, and then its worker is free. If there is nothing
//!   to cancel, `cancel` changes nothing and says `false`.
//! - A job that panics costs only itself. A job may use the desk, and so may whatever it owns when it is
//!   dropped.
//! - `shutdown` closes the desk at once. Accepted jobs go on and begin as before, for the time `within`
//!   from the call, and for this time only; what has not ended by then is cancelled. It returns as soon as
//!   all jobs have ended and nothing of them is left, with the status of every job that was ever accepted,
//!   in the order in which they were.
//! - Several calls of `shutdown` have a deadline each; the first that is over cancels what is left. A call
//!   that is dropped half-way has closed the desk, and cancels nothing.
//! - When a desk is dropped, its jobs are dropped where they stand. Nothing that it started goes on.
//! - While there is nothing to do, nothing is done: no polling.
//!
//! You may change everything in this file but the signatures of what is public.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroUsize;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time;
use tokio_util::sync::CancellationToken;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

/// What a job does.
pub type Work = Pin<Box<dyn Future<Output = String> + Send>>;

/// How far a job has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It waits for a worker.
    Queued,
    /// A worker is at it.
    Running,
    /// It came to its end, with this result.
    Done(String),
    /// It panicked.
    Panicked,
    /// It was cancelled before it came to its end.
    Cancelled,
}

/// Why a job was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The desk is closed.
    Closed,
    /// There is or was a job of this id.
    Duplicate,
    /// No worker is free, and there is no room in the queue.
    Full,
}

/// Takes jobs by id and runs a few of them at a time.
pub struct JobDesk {
    shared: Arc<Shared>,
    tracker: TaskTracker,
    _workers: Vec<AbortOnDropHandle<()>>,
}

struct Shared {
    state: Mutex<State>,
    changed: Notify,
    room: usize,
}

#[derive(Default)]
struct State {
    /// In the order in which they were accepted.
    jobs: Vec<Record>,
    numbers: HashMap<String, usize>,
    /// What waits, by its number.
    queue: VecDeque<(usize, Work)>,
    closed: bool,
}

struct Record {
    id: String,
    status: Status,
    cancelled: CancellationToken,
}

impl JobDesk {
    /// Starts that many workers, with `room` for queued jobs.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn open(workers: NonZeroUsize, room: NonZeroUsize) -> Self {
        let shared = Arc::new(Shared {
            state: Mutex::default(),
            changed: Notify::new(),
            room: room.get(),
        });
        let tracker = TaskTracker::new();
        let workers = (0..workers.get()).map(|_| {
            let worker = tracker.spawn(work(Arc::clone(&shared)));
            AbortOnDropHandle::new(worker)
        });
        let workers = workers.collect();
        tracker.close();
        Self {
            shared,
            tracker,
            _workers: workers,
        }
    }

    /// Accepts a job under an id, or refuses it. Waits for nothing.
    ///
    /// # Errors
    /// If the desk is closed, if the id is taken, or if there is no room.
    pub fn submit(&self, id: &str, work: Work) -> Result<(), Refused> {
        let mut state = self.shared.state.lock().unwrap();
        if state.closed {
            return Err(Refused::Closed);
        }
        if let Some(number) = state.numbers.get(id)
            && state.jobs[*number].goes_on()
        {
            return Err(Refused::Duplicate);
        }
        if state.queue.len() == self.shared.room {
            return Err(Refused::Full);
        }
        let number = state.jobs.len();
        state.numbers.insert(id.to_owned(), number);
        state.queue.push_back((number, work));
        state.jobs.push(Record {
            id: id.to_owned(),
            status: Status::Queued,
            cancelled: CancellationToken::new(),
        });
        self.shared.changed.notify_one();
        Ok(())
    }

    /// Cancels a job. Whether there was anything to cancel.
    pub fn cancel(&self, id: &str) -> bool {
        let mut state = self.shared.state.lock().unwrap();
        let Some(number) = state.numbers.get(id).copied() else {
            return false;
        };
        if !state.jobs[number].cancel() {
            return false;
        }
        true
    }

    /// How far a job has come; `None` if none of this id was ever accepted.
    pub fn status(&self, id: &str) -> Option<Status> {
        let state = self.shared.state.lock().unwrap();
        let number = state.numbers.get(id)?;
        Some(state.jobs[*number].status.clone())
    }

    /// Closes the desk, waits for all jobs, and cancels those that are left after this time. How each of
    /// them ended, in the order in which they were accepted.
    pub async fn shutdown(&self, within: Duration) -> Vec<(String, Status)> {
        self.shared.state.lock().unwrap().closed = true;
        self.shared.changed.notify_waiters();
        if time::timeout(within, self.tracker.wait()).await.is_err() {
            self.shared.cancel_running();
            let _ = time::timeout(within, self.tracker.wait()).await;
        }
        let state = self.shared.state.lock().unwrap();
        let ends = state
            .jobs
            .iter()
            .map(|job| (job.id.clone(), job.status.clone()));
        ends.collect()
    }
}

async fn work(shared: Arc<Shared>) {
    while let Some((number, work, cancelled)) = shared.next().await {
        let task = tokio::spawn(async move { cancelled.run_until_cancelled(work).await });
        let status = match AbortOnDropHandle::new(task).await {
            Ok(Some(result)) => Status::Done(result),
            Ok(None) => Status::Cancelled,
            Err(_) => Status::Panicked,
        };
        let job = &mut shared.state.lock().unwrap().jobs[number];
        job.status = status;
    }
}

impl Shared {
    /// The next job, as soon as there is one; `None` once there will be none.
    async fn next(&self) -> Option<(usize, Work, CancellationToken)> {
        let mut changed = pin!(self.changed.notified());
        loop {
            // Before the look, so that nothing that comes after it is missed.
            changed.as_mut().enable();
            {
                let mut state = self.state.lock().unwrap();
                while let Some((number, work)) = state.queue.pop_front() {
                    let job = &mut state.jobs[number];
                    if job.status == Status::Queued {
                        job.status = Status::Running;
                        return Some((number, work, job.cancelled.clone()));
                    }
                }
                if state.closed {
                    return None;
                }
            }
            changed.as_mut().await;
            changed.set(self.changed.notified());
        }
    }

    fn cancel_running(&self) {
        let mut state = self.state.lock().unwrap();
        for job in &mut state.jobs {
            if job.status == Status::Running {
                job.cancel();
            }
        }
    }
}

impl Record {
    fn goes_on(&self) -> bool {
        matches!(self.status, Status::Queued | Status::Running)
    }

    /// Whether it had not ended yet.
    fn cancel(&mut self) -> bool {
        let goes_on = self.goes_on();
        if goes_on {
            self.status = Status::Cancelled;
            self.cancelled.cancel();
        }
        goes_on
    }
}
