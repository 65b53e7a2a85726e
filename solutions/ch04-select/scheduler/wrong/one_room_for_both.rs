//! Wrong: counts the jobs of both classes together, so normal ones keep urgent ones out.
//! Caught by: a_full_queue_is_of_no_concern_to_the_other_class

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinHandle;

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
    shared: Arc<Shared>,
}

impl Outcomes {
    /// The next outcome, as soon as there is one; `None` once there will be no more.
    pub async fn next(&mut self) -> Option<Outcome> {
        loop {
            let news = self.shared.news.notified();
            {
                let mut state = self.shared.state.lock().unwrap();
                if let Some(outcome) = state.outcomes.pop_front() {
                    return Some(outcome);
                }
                if state.workers == 0 {
                    return None;
                }
            }
            news.await;
        }
    }
}

/// Runs jobs, urgent ones first.
pub struct Scheduler {
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
}

struct Shared {
    state: Mutex<State>,
    /// A permit for each queued job.
    queued: Semaphore,
    /// A permit for each free place.
    room: Semaphore,
    /// There is an outcome, or a worker has ended.
    news: Notify,
}

#[derive(Default)]
struct State {
    queues: [VecDeque<Job>; 2],
    outcomes: VecDeque<Outcome>,
    running: usize,
    asked: usize,
    workers: usize,
    closed: bool,
}

impl Scheduler {
    /// Starts that many workers, with `room` for queued jobs of each class.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn start(workers: NonZeroUsize, room: NonZeroUsize) -> (Self, Outcomes) {
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                workers: workers.get(),
                ..State::default()
            }),
            queued: Semaphore::new(0),
            room: Semaphore::new(room.get()),
            news: Notify::new(),
        });
        let worker = |_| tokio::spawn(work(AtWork(Arc::clone(&shared))));
        let scheduler = Self {
            workers: (0..workers.get()).map(worker).collect(),
            shared: Arc::clone(&shared),
        };
        (scheduler, Outcomes { shared })
    }

    /// Queues a job, as soon as its class has room.
    ///
    /// # Errors
    /// Gives the job back if the scheduler is shut down.
    pub async fn submit(&self, priority: Priority, job: Job) -> Result<(), Job> {
        let class = priority as usize;
        let Ok(place) = self.shared.room.acquire().await else {
            return Err(job);
        };
        let mut state = self.shared.state.lock().unwrap();
        if state.closed {
            return Err(job);
        }
        place.forget();
        state.queues[class].push_back(job);
        self.shared.queued.add_permits(1);
        Ok(())
    }

    /// How busy the scheduler is.
    pub async fn status(&self) -> Status {
        let mut state = self.shared.state.lock().unwrap();
        state.asked += 1;
        Status {
            running: state.running,
            urgent: state.queues[0].len(),
            normal: state.queues[1].len(),
            asked: state.asked,
        }
    }

    /// Takes no more jobs, and waits for those that were accepted.
    pub async fn shutdown(&self) {
        self.shared.state.lock().unwrap().closed = true;
        self.shared.room.close();
        // From now on a worker that finds no job need not wait for one.
        self.shared.queued.close();
        loop {
            let news = self.shared.news.notified();
            if self.shared.state.lock().unwrap().workers == 0 {
                return;
            }
            news.await;
        }
    }
}

impl Drop for Scheduler {
    fn drop(&mut self) {
        for worker in &self.workers {
            worker.abort();
        }
    }
}

/// A worker; its end is counted however it comes.
struct AtWork(Arc<Shared>);

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.state.lock().unwrap().workers -= 1;
        self.0.news.notify_waiters();
    }
}

async fn work(me: AtWork) {
    let shared = &me.0;
    loop {
        if let Ok(queued) = shared.queued.acquire().await {
            queued.forget();
        }
        let Some(Job { name, mut work }) = shared.next() else {
            return;
        };
        let result = poll_fn(|context| {
            catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)))
                .map_or(Poll::Ready(Err(Panicked)), |polled| polled.map(Ok))
        })
        .await;
        let mut state = shared.state.lock().unwrap();
        state.running -= 1;
        state.outcomes.push_back(Outcome { name, result });
        shared.news.notify_waiters();
    }
}

impl Shared {
    fn next(&self) -> Option<Job> {
        let mut state = self.state.lock().unwrap();
        let class = state.queues.iter().position(|queue| !queue.is_empty())?;
        let job = state.queues[class].pop_front();
        state.running += 1;
        self.room.add_permits(1);
        job
    }
}
