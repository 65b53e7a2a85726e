//! # Operations
//!
//! A service of long operations: a request starts one and is answered with its id at once; other requests
//! ask how far it has come, or cancel it. A guide builds this in Go behind four HTTP handlers. Its jobs
//! take their context from the request, so that every accepted job ends as cancelled as soon as the
//! handler has answered; the way to look a job up is removed at the same time; and its shutdown waits
//! until everybody has been *told* to stop.
//!
//! Below is a port that does better. It is nearly right.
//!
//! The rules, in which an operation is *queued* from when it is accepted until its parts begin, *running*
//! from then on, and then *over*:
//!
//! - `start` waits for no operation: it accepts, and returns the id. From then on the operation belongs to
//!   the service. Whoever started it, waits for it or asks for it may go away at any time.
//! - At most `at_most` operations are running. While fewer are, none stays queued.
//! - The parts of an operation run at the same time. If all succeed, their results are there in the order
//!   of the parts. The first one that fails or panics ends the operation, and the service goes on.
//! - An operation has `limit` from when it was accepted, queued or running, for all its parts together.
//!   What is not over then has timed out. What times out or is cancelled before it runs never begins.
//! - `cancel` ends an operation that is queued or running at once. What is over stays as it is. Either
//!   way it returns the status with which the operation is over.
//! - When an operation is over, all its parts have ended or are dropped. That is so before anybody sees
//!   it in the status, and before `wait` or `cancel` returns.
//! - An operation is kept for `keep` after it is over. Then it is forgotten, and its results are dropped,
//!   whether or not anybody has asked for them. `status`, `wait` and `cancel` know nothing of an operation
//!   that is forgotten.
//! - From when `shutdown` is called, nothing is accepted any more. It cancels what is queued or
//!   running, and returns when all of it is over. It may be called again, at the same time or later,
//!   and does the same. If a call is dropped half-way, it has begun the shutdown nevertheless. `status`
//!   and `wait` know what they knew, for `keep`.
//! - A service that is dropped leaves nothing running.
//! - While there is nothing to do, nothing is done: no polling.
//!
//! You may change everything in this file but the signatures of what is public.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::select;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::{CancellationToken, DropGuard};

/// A part of an operation: its result, or why it failed.
pub type Part<T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send>>;

/// Names an operation, and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id(u64);

/// How far an operation has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status<T> {
    /// It was accepted, and waits for a place.
    Queued,
    /// Its parts have begun.
    Running,
    /// All parts succeeded; their results, in the order of the parts.
    Completed(Vec<T>),
    /// A part failed, with this reason.
    Failed(String),
    /// A part panicked.
    Panicked,
    /// It was cancelled, or shut down.
    Cancelled,
    /// Its time was over first.
    TimedOut,
}

impl<T> Status<T> {
    fn is_over(&self) -> bool {
        !matches!(self, Status::Queued | Status::Running)
    }
}

/// The service is shut down, and accepts nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

/// Runs operations, and knows what became of them.
pub struct Operations<T> {
    shared: Arc<Shared<T>>,
    /// Tells what is kept that nobody is there to ask for it.
    _gone: DropGuard,
}

struct Shared<T> {
    keep: Duration,
    places: Semaphore,
    table: Mutex<Table<T>>,
    gone: CancellationToken,
}

struct Table<T> {
    last: u64,
    closed: bool,
    entries: HashMap<Id, Entry<T>>,
}

struct Entry<T> {
    stop: CancellationToken,
    status: watch::Receiver<Status<T>>,
}

impl<T: Clone + Send + Sync + 'static> Operations<T> {
    /// A service that runs at most `at_most` operations at a time, and keeps what is over for `keep`.
    #[must_use]
    pub fn open(at_most: NonZeroUsize, keep: Duration) -> Self {
        let gone = CancellationToken::new();
        let shared = Shared {
            keep,
            places: Semaphore::new(at_most.get()),
            table: Mutex::new(Table {
                last: 0,
                closed: false,
                entries: HashMap::new(),
            }),
            gone: gone.clone(),
        };
        Self {
            shared: Arc::new(shared),
            _gone: gone.drop_guard(),
        }
    }

    /// Accepts an operation of these parts, which has to be over after `limit`.
    ///
    /// # Errors
    /// If the service is shut down.
    ///
    /// # Panics
    /// Outside a runtime.
    pub async fn start(&self, parts: Vec<Part<T>>, limit: Duration) -> Result<Id, Closed> {
        let mut table = self.shared.table.lock().unwrap();
        if table.closed {
            return Err(Closed);
        }
        table.last += 1;
        let id = Id(table.last);
        let stop = self.shared.gone.child_token();
        let (progress, status) = watch::channel(Status::Queued);
        let entry = Entry {
            stop: stop.clone(),
            status,
        };
        table.entries.insert(id, entry);
        let shared = Arc::clone(&self.shared);
        tokio::spawn(async move {
            shared.run(parts, limit, &stop, &progress).await;
            let gone = shared.gone.cancelled();
            let _ = timeout(shared.keep, gone).await;
            shared.table.lock().unwrap().entries.remove(&id);
        });
        Ok(id)
    }

    /// How far an operation has come; `None` if it is not known, or not any more.
    pub async fn status(&self, id: Id) -> Option<Status<T>> {
        let table = self.shared.table.lock().unwrap();
        let entry = table.entries.get(&id)?;
        Some(entry.status.borrow().clone())
    }

    /// Waits until an operation is over; `None` if it is not known, or not any more.
    pub async fn wait(&self, id: Id) -> Option<Status<T>> {
        let mut status = {
            let table = self.shared.table.lock().unwrap();
            table.entries.get(&id)?.status.clone()
        };
        let status = status.wait_for(Status::is_over).await.ok()?;
        Some(status.clone())
    }

    /// Ends an operation unless it is over; `None` if it is not known, or not any more.
    pub async fn cancel(&self, id: Id) -> Option<Status<T>> {
        {
            let table = self.shared.table.lock().unwrap();
            table.entries.get(&id)?.stop.cancel();
        }
        self.wait(id).await
    }

    /// Accepts nothing any more, cancels everything, and waits until it is over.
    pub async fn shutdown(&self) {
        {
            let mut table = self.shared.table.lock().unwrap();
            table.closed = true;
            for entry in table.entries.values() {
                entry.stop.cancel();
            }
        }
    }
}

impl<T: Send + 'static> Shared<T> {
    async fn run(
        &self,
        parts: Vec<Part<T>>,
        limit: Duration,
        stop: &CancellationToken,
        progress: &watch::Sender<Status<T>>,
    ) {
        let Ok(_place) = self.places.acquire().await else {
            return;
        };
        progress.send_replace(Status::Running);
        let mut running: JoinSet<_> = parts.into_iter().collect();
        let end = select! {
            () = stop.cancelled() => Status::Cancelled,
            end = timeout(limit, gather(&mut running)) => end.unwrap_or(Status::TimedOut),
        };
        progress.send_replace(end);
    }
}

async fn gather<T: 'static>(running: &mut JoinSet<Result<T, String>>) -> Status<T> {
    let mut results = Vec::new();
    while let Some(end) = running.join_next().await {
        match end {
            Ok(Ok(result)) => results.push(result),
            Ok(Err(reason)) => return Status::Failed(reason),
            Err(_) => return Status::Panicked,
        }
    }
    Status::Completed(results)
}
