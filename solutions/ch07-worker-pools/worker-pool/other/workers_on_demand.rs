//! A queue behind a lock, and a worker is a task that lives while there is something to do: whoever accepts a
//! job starts one if fewer run than may. A panic is caught where the job is polled.

use std::any::Any;
use std::collections::VecDeque;
use std::future;
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use tokio::sync::{Notify, oneshot};

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
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    state: Mutex<State<T>>,
    idle: Notify,
    at_most: usize,
    room: usize,
}

struct State<T> {
    queue: VecDeque<(Job<T>, oneshot::Sender<Outcome<T>>)>,
    workers: usize,
    stopped: bool,
}

impl<T: Send + 'static> WorkerPool<T> {
    /// Starts that many workers, with `room` for jobs that wait.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn start(workers: NonZeroUsize, room: NonZeroUsize) -> Self {
        Self {
            shared: Arc::new(Shared {
                state: Mutex::new(State {
                    queue: VecDeque::new(),
                    workers: 0,
                    stopped: false,
                }),
                idle: Notify::new(),
                at_most: workers.get(),
                room: room.get(),
            }),
        }
    }

    /// Accepts a job, or hands it back. Waits for nothing.
    ///
    /// # Errors
    /// If no worker is free and there is no room, or if the pool is stopped.
    pub fn try_submit(&self, job: Job<T>) -> Result<Receipt<T>, Refused<T>> {
        let mut state = self.shared.state.lock().unwrap();
        if state.stopped {
            return Err(Refused::Stopped(job));
        }
        let another = state.workers < self.shared.at_most;
        if !another && state.queue.len() == self.shared.room {
            return Err(Refused::Full(job));
        }
        let (reply, outcome) = oneshot::channel();
        state.queue.push_back((job, reply));
        if another {
            state.workers += 1;
            tokio::spawn(work(Arc::clone(&self.shared)));
        }
        Ok(Receipt { outcome })
    }

    /// Takes no more jobs, and waits for those that were accepted.
    pub async fn stop(&self) {
        self.shared.state.lock().unwrap().stopped = true;
        loop {
            let idle = self.shared.idle.notified();
            if self.shared.state.lock().unwrap().workers == 0 {
                return;
            }
            idle.await;
        }
    }
}

async fn work<T>(shared: Arc<Shared<T>>) {
    loop {
        let next = {
            let mut state = shared.state.lock().unwrap();
            let next = state.queue.pop_front();
            if next.is_none() {
                state.workers -= 1;
                shared.idle.notify_waiters();
            }
            next
        };
        let Some((mut job, reply)) = next else {
            return;
        };
        let outcome = future::poll_fn(|context| {
            let polled = panic::catch_unwind(AssertUnwindSafe(|| job.as_mut().poll(context)));
            match polled {
                Ok(Poll::Ready(result)) => Poll::Ready(Outcome::Done(result)),
                Ok(Poll::Pending) => Poll::Pending,
                Err(panic) => Poll::Ready(Outcome::Panicked(text_of(panic))),
            }
        });
        let _ = reply.send(outcome.await);
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
