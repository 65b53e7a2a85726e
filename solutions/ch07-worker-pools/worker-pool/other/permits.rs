//! No workers and no channel: for each accepted job a task waits for one of a few permits, and then does
//! whichever job is first in the queue, which need not be the one that it was started for.

use std::any::Any;
use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::sync::{Semaphore, oneshot};
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
    queue: Arc<Mutex<Queue<T>>>,
    running: Arc<Semaphore>,
    tasks: TaskTracker,
    room: usize,
}

struct Queue<T> {
    waiting: VecDeque<(Job<T>, oneshot::Sender<Outcome<T>>)>,
    stopped: bool,
}

impl<T: Send + 'static> WorkerPool<T> {
    /// Starts that many workers, with `room` for jobs that wait.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn start(workers: NonZeroUsize, room: NonZeroUsize) -> Self {
        Self {
            queue: Arc::new(Mutex::new(Queue {
                waiting: VecDeque::new(),
                stopped: false,
            })),
            running: Arc::new(Semaphore::new(workers.get())),
            tasks: TaskTracker::new(),
            room: room.get(),
        }
    }

    /// Accepts a job, or hands it back. Waits for nothing.
    ///
    /// # Errors
    /// If no worker is free and there is no room, or if the pool is stopped.
    pub fn try_submit(&self, job: Job<T>) -> Result<Receipt<T>, Refused<T>> {
        let mut state = self.queue.lock().unwrap();
        if state.stopped {
            return Err(Refused::Stopped(job));
        }
        if state.waiting.len() == self.room {
            return Err(Refused::Full(job));
        }
        let (reply, outcome) = oneshot::channel();
        state.waiting.push_back((job, reply));
        // Under the lock, so that a stop sees either the flag unset or this task.
        let (queue, running) = (Arc::clone(&self.queue), Arc::clone(&self.running));
        self.tasks.spawn(async move {
            let _turn = running.acquire().await;
            let first = queue.lock().unwrap().waiting.pop_front();
            let (job, reply) = first.expect("as many jobs as tasks");
            let outcome = match tokio::spawn(job).await {
                Ok(result) => Outcome::Done(result),
                Err(error) => Outcome::Panicked(text_of(error.into_panic())),
            };
            let _ = reply.send(outcome);
        });
        Ok(Receipt { outcome })
    }

    /// Takes no more jobs, and waits for those that were accepted.
    pub async fn stop(&self) {
        self.queue.lock().unwrap().stopped = true;
        self.tasks.close();
        self.tasks.wait().await;
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
