//! No workers: each job that may run is a task, and whoever ends one starts the next, under the one lock. A job is
//! cancelled by aborting its task; it is over when it is joined, in the task that watches over it.

use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time;

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
pub struct JobDesk(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    running: watch::Sender<usize>,
    at_most: usize,
    room: usize,
}

#[derive(Default)]
struct State {
    jobs: Vec<Job>,
    closed: bool,
}

struct Job {
    id: String,
    status: Status,
    /// As long as it is queued.
    work: Option<Work>,
    /// As long as it runs.
    task: Option<AbortHandle>,
}

impl JobDesk {
    /// Starts that many workers, with `room` for queued jobs.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn open(workers: NonZeroUsize, room: NonZeroUsize) -> Self {
        Self(Arc::new(Shared {
            state: Mutex::default(),
            running: watch::Sender::new(0),
            at_most: workers.get(),
            room: room.get(),
        }))
    }

    /// Accepts a job under an id, or refuses it. Waits for nothing.
    ///
    /// # Errors
    /// If the desk is closed, if the id is taken, or if there is no room.
    pub fn submit(&self, id: &str, work: Work) -> Result<(), Refused> {
        {
            let mut state = self.0.state.lock().unwrap();
            if state.closed {
                return Err(Refused::Closed);
            }
            if state.find(id).is_some() {
                return Err(Refused::Duplicate);
            }
            let queued = state.jobs.iter().filter(|job| job.status == Status::Queued);
            if queued.count() == self.0.room {
                return Err(Refused::Full);
            }
            state.jobs.push(Job {
                id: id.to_owned(),
                status: Status::Queued,
                work: Some(work),
                task: None,
            });
        }
        self.0.go_on();
        Ok(())
    }

    /// Cancels a job. Whether there was anything to cancel.
    pub fn cancel(&self, id: &str) -> bool {
        let mut state = self.0.state.lock().unwrap();
        let work = state.find(id).and_then(Job::cancel);
        drop(state);
        work.is_some()
    }

    /// How far a job has come; `None` if none of this id was ever accepted.
    pub fn status(&self, id: &str) -> Option<Status> {
        let mut state = self.0.state.lock().unwrap();
        state.find(id).map(|job| job.status.clone())
    }

    /// Closes the desk, waits for all jobs, and cancels those that are left after this time. How each of
    /// them ended, in the order in which they were accepted.
    pub async fn shutdown(&self, within: Duration) -> Vec<(String, Status)> {
        self.0.state.lock().unwrap().closed = true;
        let deadline = time::Instant::now() + within;
        if time::timeout_at(deadline, self.0.over()).await.is_err() {
            self.0.cancel_all();
            self.0.over().await;
        }
        let state = self.0.state.lock().unwrap();
        let mut ends = Vec::new();
        for job in &state.jobs {
            ends.push((job.id.clone(), job.status.clone()));
        }
        ends
    }
}

impl Drop for JobDesk {
    fn drop(&mut self) {
        self.0.state.lock().unwrap().closed = true;
        self.0.cancel_all();
    }
}

impl Shared {
    /// Begins the first of those that are queued, while there are places.
    fn go_on(self: &Arc<Self>) {
        loop {
            let mut state = self.state.lock().unwrap();
            let first = state
                .jobs
                .iter_mut()
                .enumerate()
                .find(|(_, job)| job.work.is_some());
            let Some((number, job)) = first else {
                return;
            };
            if *self.running.borrow() == self.at_most {
                return;
            }
            self.running.send_modify(|running| *running += 1);
            let work = job.work.take().expect("it was there");
            job.status = Status::Running;
            drop(state);

            let task = tokio::spawn(work);
            let mut state = self.state.lock().unwrap();
            // It may have been cancelled before it had a handle.
            if state.jobs[number].status == Status::Cancelled {
                task.abort();
            }
            state.jobs[number].task = Some(task.abort_handle());
            drop(state);

            let shared = Arc::clone(self);
            tokio::spawn(async move {
                let end = match task.await {
                    Ok(result) => Status::Done(result),
                    Err(error) if error.is_panic() => Status::Panicked,
                    Err(_) => Status::Cancelled,
                };
                let mut state = shared.state.lock().unwrap();
                if state.jobs[number].status == Status::Running {
                    state.jobs[number].status = end;
                }
                drop(state);
                shared.running.send_modify(|running| *running -= 1);
                shared.go_on();
            });
        }
    }

    fn cancel_all(&self) {
        let mut state = self.state.lock().unwrap();
        let works: Vec<_> = state.jobs.iter_mut().map(Job::cancel).collect();
        drop(state);
        drop(works);
    }

    /// Waits until nothing runs and nothing is queued.
    async fn over(&self) {
        let mut running = self.running.subscribe();
        loop {
            let goes_on = |job: &Job| matches!(job.status, Status::Queued | Status::Running);
            let rest = self.state.lock().unwrap().jobs.iter().any(goes_on);
            if *running.borrow_and_update() == 0 && !rest {
                return;
            }
            running.changed().await.expect("the desk holds the sender");
        }
    }
}

impl State {
    fn find(&mut self, id: &str) -> Option<&mut Job> {
        self.jobs.iter_mut().find(|job| job.id == id)
    }
}

impl Job {
    /// What is left of it to drop, if it had not ended yet.
    fn cancel(&mut self) -> Option<Option<Work>> {
        match self.status {
            Status::Queued | Status::Running => {
                self.status = Status::Cancelled;
                if let Some(task) = &self.task {
                    task.abort();
                }
                Some(self.work.take())
            }
            _ => None,
        }
    }
}
