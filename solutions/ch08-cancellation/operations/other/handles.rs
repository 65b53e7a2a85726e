//! Aborts instead of tokens, and a form that each part hands in when it is dropped. A place is free when
//! the last part lets go of it.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::select;
use tokio::sync::{Notify, Semaphore, mpsc};
use tokio::time::{sleep, timeout};
use tokio_util::task::AbortOnDropHandle;

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
    at_most: Arc<Semaphore>,
    keep: Duration,
    table: Arc<Mutex<Table<T>>>,
}

struct Table<T> {
    last: u64,
    closed: bool,
    entries: HashMap<Id, Arc<Entry<T>>>,
}

struct Entry<T> {
    status: Mutex<Status<T>>,
    /// Wakes the operation.
    stop: Notify,
    /// Wakes whoever waits for its end.
    over: Notify,
    /// What conducts it, and then keeps it.
    task: Mutex<Option<AbortOnDropHandle<()>>>,
}

impl<T: Clone + Send + Sync + 'static> Operations<T> {
    /// A service that runs at most `at_most` operations at a time, and keeps what is over for `keep`.
    #[must_use]
    pub fn open(at_most: NonZeroUsize, keep: Duration) -> Self {
        let table = Table {
            last: 0,
            closed: false,
            entries: HashMap::new(),
        };
        Self {
            at_most: Arc::new(Semaphore::new(at_most.get())),
            keep,
            table: Arc::new(Mutex::new(table)),
        }
    }

    /// Accepts an operation of these parts, which has to be over after `limit`.
    ///
    /// # Errors
    /// If the service is shut down.
    pub async fn start(&self, parts: Vec<Part<T>>, limit: Duration) -> Result<Id, Closed> {
        let mut table = self.table.lock().unwrap();
        if table.closed {
            return Err(Closed);
        }
        table.last += 1;
        let id = Id(table.last);
        let entry = Arc::new(Entry {
            status: Mutex::new(Status::Queued),
            stop: Notify::new(),
            over: Notify::new(),
            task: Mutex::new(None),
        });
        table.entries.insert(id, Arc::clone(&entry));
        let conducted = {
            let entry = Arc::clone(&entry);
            let (places, keep) = (Arc::clone(&self.at_most), self.keep);
            let table = Arc::clone(&self.table);
            async move {
                let mut tasks = Vec::new();
                let end = select! {
                    () = entry.stop.notified() => Status::Cancelled,
                    end = timeout(limit, run(&places, parts, &entry, &mut tasks)) => {
                        end.unwrap_or(Status::TimedOut)
                    }
                };
                for task in &tasks {
                    task.abort();
                }
                for task in tasks {
                    let _ = task.await;
                }
                entry.set(end);
                entry.over.notify_waiters();
                sleep(keep).await;
                // It ends here in any case; what it does last must not own itself.
                let entry = table.lock().unwrap().entries.remove(&id);
                drop(entry);
            }
        };
        *entry.task.lock().unwrap() = Some(AbortOnDropHandle::new(tokio::spawn(conducted)));
        Ok(id)
    }

    /// How far an operation has come; `None` if it is not known, or not any more.
    pub async fn status(&self, id: Id) -> Option<Status<T>> {
        Some(self.entry(id)?.status())
    }

    /// Waits until an operation is over; `None` if it is not known, or not any more.
    pub async fn wait(&self, id: Id) -> Option<Status<T>> {
        let entry = self.entry(id)?;
        Some(entry.end().await)
    }

    /// Ends an operation unless it is over; `None` if it is not known, or not any more.
    pub async fn cancel(&self, id: Id) -> Option<Status<T>> {
        let entry = self.entry(id)?;
        entry.stop.notify_one();
        Some(entry.end().await)
    }

    /// Accepts nothing any more, cancels everything, and waits until it is over.
    pub async fn shutdown(&self) {
        let all: Vec<_> = {
            let mut table = self.table.lock().unwrap();
            table.closed = true;
            table.entries.values().cloned().collect()
        };
        for entry in &all {
            entry.stop.notify_one();
        }
        for entry in all {
            entry.end().await;
        }
    }

    fn entry(&self, id: Id) -> Option<Arc<Entry<T>>> {
        self.table.lock().unwrap().entries.get(&id).cloned()
    }
}

impl<T> Drop for Operations<T> {
    fn drop(&mut self) {
        // The task of an entry holds the table, and the table holds the task: somebody has to let go.
        let entries = std::mem::take(&mut self.table.lock().unwrap().entries);
        for entry in entries.into_values() {
            let task = entry.task.lock().unwrap().take();
            drop(task);
        }
    }
}

impl<T: Clone> Entry<T> {
    fn status(&self) -> Status<T> {
        self.status.lock().unwrap().clone()
    }

    fn set(&self, status: Status<T>) {
        *self.status.lock().unwrap() = status;
    }

    async fn end(&self) -> Status<T> {
        let over = self.over.notified();
        tokio::pin!(over);
        over.as_mut().enable();
        let status = self.status();
        if status.is_over() {
            return status;
        }
        over.await;
        self.status()
    }
}

type End<T> = Result<T, Status<T>>;

/// What a part has come to, which is handed in also when the part panics.
struct Form<T> {
    number: usize,
    end: Option<End<T>>,
    sender: mpsc::UnboundedSender<(usize, End<T>)>,
}

impl<T> Drop for Form<T> {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            let _ = self.sender.send((self.number, end));
        }
    }
}

/// Waits for a place, and starts the parts, so that they are among `tasks` also if this is dropped.
async fn run<T: Clone + Send + 'static>(
    places: &Arc<Semaphore>,
    parts: Vec<Part<T>>,
    entry: &Entry<T>,
    tasks: &mut Vec<AbortOnDropHandle<()>>,
) -> Status<T> {
    let Ok(place) = Arc::clone(places).acquire_owned().await else {
        return Status::Cancelled;
    };
    entry.set(Status::Running);
    let place = Arc::new(place);
    let (sender, mut results) = mpsc::unbounded_channel();
    let count = parts.len();
    for (number, part) in parts.into_iter().enumerate() {
        let mut form = Form {
            number,
            end: Some(Err(Status::Panicked)),
            sender: sender.clone(),
        };
        let place = Arc::clone(&place);
        let task = tokio::spawn(async move {
            let _place = place;
            form.end = Some(part.await.map_err(Status::Failed));
        });
        tasks.push(AbortOnDropHandle::new(task));
    }
    let mut all: Vec<Option<T>> = vec![None; count];
    for _ in 0..count {
        match results.recv().await {
            Some((number, Ok(result))) => all[number] = Some(result),
            Some((_, Err(end))) => return end,
            None => return Status::Panicked,
        }
    }
    Status::Completed(all.into_iter().flatten().collect())
}
