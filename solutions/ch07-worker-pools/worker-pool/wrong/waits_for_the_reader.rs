//! Wrong: an outcome is handed over, as through an unbuffered channel. Nobody reads, and nothing goes on.
//! Caught by: outcomes_that_nobody_asks_for_hold_up_nothing

use std::any::Any;
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
    ask: oneshot::Sender<oneshot::Sender<Outcome<T>>>,
}

impl<T> Receipt<T> {
    /// How the job ended, as soon as it has.
    pub async fn outcome(self) -> Outcome<T> {
        let (answer, outcome) = oneshot::channel();
        let _ = self.ask.send(answer);
        match outcome.await {
            Ok(outcome) => outcome,
            Err(_) => Outcome::Panicked("the worker is gone".to_owned()),
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
    reply: Reply<T>,
}

/// The outcome leaves when somebody has asked for it.
struct Reply<T> {
    asked: oneshot::Receiver<oneshot::Sender<Outcome<T>>>,
}

struct Reader<T>(oneshot::Sender<Outcome<T>>);

impl<T> Reply<T> {
    async fn reserve(self) -> Result<Reader<T>, oneshot::error::RecvError> {
        self.asked.await.map(Reader)
    }
}

impl<T> Reader<T> {
    fn send(self, outcome: Outcome<T>) {
        let _ = self.0.send(outcome);
    }
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
        let (ask, asked) = oneshot::channel();
        let reply = Reply { asked };
        match jobs.try_send(Order { job, reply }) {
            Ok(()) => Ok(Receipt { ask }),
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
            Err(error) => Outcome::Panicked(text_of(error.into_panic())),
        };
        if let Ok(reader) = reply.reserve().await {
            reader.send(outcome);
        }
    }
}

fn text_of(panic: Box<dyn Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => match panic.downcast_ref::<&str>() {
            Some(text) => (*text).to_owned(),
            None => "panicked with something other than a text".to_owned(),
        },
    }
}
