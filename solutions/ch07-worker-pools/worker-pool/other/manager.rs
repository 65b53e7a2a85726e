//! One task owns the queue and the jobs that run, and is sent messages. How many are in the pool is counted
//! outside, so that `try_submit` need not ask.

use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::select;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

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

type Order<T> = (Job<T>, oneshot::Sender<Outcome<T>>);

/// Runs jobs, a few at a time.
pub struct WorkerPool<T> {
    desk: Mutex<Option<mpsc::UnboundedSender<Order<T>>>>,
    inside: Arc<Mutex<usize>>,
    at_most: usize,
    over: watch::Receiver<bool>,
}

impl<T: Send + 'static> WorkerPool<T> {
    /// Starts that many workers, with `room` for jobs that wait.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn start(workers: NonZeroUsize, room: NonZeroUsize) -> Self {
        let (desk, orders) = mpsc::unbounded_channel();
        let (end, over) = watch::channel(false);
        let inside = Arc::default();
        tokio::spawn(manage(workers.get(), orders, Arc::clone(&inside), end));
        Self {
            desk: Mutex::new(Some(desk)),
            inside,
            at_most: workers.get() + room.get(),
            over,
        }
    }

    /// Accepts a job, or hands it back. Waits for nothing.
    ///
    /// # Errors
    /// If no worker is free and there is no room, or if the pool is stopped.
    pub fn try_submit(&self, job: Job<T>) -> Result<Receipt<T>, Refused<T>> {
        let desk = self.desk.lock().unwrap();
        let Some(desk) = &*desk else {
            return Err(Refused::Stopped(job));
        };
        let mut inside = self.inside.lock().unwrap();
        if *inside == self.at_most {
            return Err(Refused::Full(job));
        }
        *inside += 1;
        let (reply, outcome) = oneshot::channel();
        let sent = desk.send((job, reply));
        assert!(
            sent.is_ok(),
            "the manager lives as long as somebody can send"
        );
        Ok(Receipt { outcome })
    }

    /// Takes no more jobs, and waits for those that were accepted.
    pub async fn stop(&self) {
        drop(self.desk.lock().unwrap().take());
        let mut over = self.over.clone();
        let end = over.wait_for(|over| *over).await;
        assert!(end.is_ok(), "the manager tells when it ends");
    }
}

async fn manage<T: Send + 'static>(
    places: usize,
    mut orders: mpsc::UnboundedReceiver<Order<T>>,
    inside: Arc<Mutex<usize>>,
    end: watch::Sender<bool>,
) {
    let mut queue: VecDeque<Order<T>> = VecDeque::new();
    let mut running = JoinSet::new();
    let mut replies = HashMap::new();
    loop {
        while running.len() < places
            && let Some((job, reply)) = queue.pop_front()
        {
            replies.insert(running.spawn(job).id(), reply);
        }
        select! {
            Some(order) = orders.recv() => queue.push_back(order),
            Some(ended) = running.join_next_with_id() => {
                let (id, outcome) = match ended {
                    Ok((id, result)) => (id, Outcome::Done(result)),
                    Err(error) => (error.id(), Outcome::Panicked(text_of(error.into_panic()))),
                };
                *inside.lock().unwrap() -= 1;
                let reply = replies.remove(&id).expect("every job has a reply");
                let _ = reply.send(outcome);
            }
            else => break,
        }
    }
    end.send_replace(true);
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
