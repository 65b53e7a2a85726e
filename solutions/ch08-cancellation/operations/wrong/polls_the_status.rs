//! Wrong: looks every ten milliseconds whether the operation is over.
//! Caught by: while_there_is_nothing_to_do_nothing_is_done

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::select;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

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
    /// Those that are not over.
    busy: TaskTracker,
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
            busy: TaskTracker::new(),
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
        let deadline = Instant::now() + limit;
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
        let busy = shared.busy.token();
        tokio::spawn(async move {
            let end = shared.run(parts, deadline, &stop, &progress).await;
            progress.send_replace(end);
            drop(busy);
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
        let status = {
            let table = self.shared.table.lock().unwrap();
            table.entries.get(&id)?.status.clone()
        };
        loop {
            let now = status.borrow().clone();
            if now.is_over() {
                return Some(now);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
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
        self.shared.busy.close();
        self.shared.busy.wait().await;
    }
}

impl<T: Send + 'static> Shared<T> {
    /// Waits for a place, runs all parts in it, and leaves none of them behind.
    async fn run(
        &self,
        parts: Vec<Part<T>>,
        deadline: Instant,
        stop: &CancellationToken,
        progress: &watch::Sender<Status<T>>,
    ) -> Status<T> {
        let place = unless(stop, deadline, self.places.acquire()).await;
        let _place = match place {
            Ok(place) => place,
            Err(end) => return end,
        };
        progress.send_replace(Status::Running);
        let count = parts.len();
        let mut running = JoinSet::new();
        for (number, part) in parts.into_iter().enumerate() {
            running.spawn(async move { (number, part.await) });
        }
        let end = unless(stop, deadline, gather(&mut running, count)).await;
        running.shutdown().await;
        end.unwrap_or_else(|end| end)
    }
}

/// What a future comes to, unless something ends it.
async fn unless<F: Future, T>(
    stop: &CancellationToken,
    deadline: Instant,
    future: F,
) -> Result<F::Output, Status<T>> {
    select! {
        () = stop.cancelled() => Err(Status::Cancelled),
        output = timeout_at(deadline, future) => output.map_err(|_| Status::TimedOut),
    }
}

/// All results, or the first failure.
async fn gather<T: 'static>(
    running: &mut JoinSet<(usize, Result<T, String>)>,
    count: usize,
) -> Status<T> {
    let mut results: Vec<Option<T>> = (0..count).map(|_| None).collect();
    while let Some(end) = running.join_next().await {
        match end {
            Ok((number, Ok(result))) => results[number] = Some(result),
            Ok((_, Err(reason))) => return Status::Failed(reason),
            Err(_) => return Status::Panicked,
        }
    }
    Status::Completed(results.into_iter().flatten().collect())
}
