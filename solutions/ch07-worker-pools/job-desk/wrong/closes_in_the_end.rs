//! Wrong: closes when all jobs have ended, and takes others until then.
//! Caught by: from_the_shutdown_on_jobs_are_refused_as_closed

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
    ended: Notify,
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
            ended: Notify::new(),
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
        if state.numbers.contains_key(id) {
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
        let place = state.queue.iter().position(|(queued, _)| *queued == number);
        let work = place.and_then(|place| state.queue.remove(place));
        // Whatever it owns is dropped without the lock.
        drop(state);
        drop(work);
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
        if time::timeout(within, self.shared.idle()).await.is_err() {
            self.shared.cancel_all();
        }
        self.shared.state.lock().unwrap().closed = true;
        self.shared.changed.notify_waiters();
        self.tracker.wait().await;
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
        // What was cancelled stays so, whatever it came to.
        if job.status == Status::Running {
            job.status = status;
        }
        shared.ended.notify_waiters();
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
                if let Some((number, work)) = state.queue.pop_front() {
                    let job = &mut state.jobs[number];
                    job.status = Status::Running;
                    return Some((number, work, job.cancelled.clone()));
                }
                if state.closed {
                    return None;
                }
            }
            changed.as_mut().await;
            changed.set(self.changed.notified());
        }
    }

    async fn idle(&self) {
        loop {
            let ended = self.ended.notified();
            let goes_on = |job: &Record| matches!(job.status, Status::Queued | Status::Running);
            if !self.state.lock().unwrap().jobs.iter().any(goes_on) {
                return;
            }
            ended.await;
        }
    }

    fn cancel_all(&self) {
        let mut state = self.state.lock().unwrap();
        for job in &mut state.jobs {
            job.cancel();
        }
        let works = std::mem::take(&mut state.queue);
        drop(state);
        drop(works);
    }
}

impl Record {
    /// Whether it had not ended yet.
    fn cancel(&mut self) -> bool {
        let goes_on = matches!(self.status, Status::Queued | Status::Running);
        if goes_on {
            self.status = Status::Cancelled;
            self.cancelled.cancel();
        }
        goes_on
    }
}
