//! A tracker for each batch: a flush closes the batch that is open, begins a new one for whoever
//! comes later, and waits for the old ones.
//!
//! A tracker that is closed can be waited for by many, and giving up such a wait changes nothing.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

/// A delivery that is under way, or fails for a reason.
pub type Delivery = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// What became of the parcels that were accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Those whose delivery returned `Ok`.
    pub delivered: usize,
    /// Those whose delivery returned `Err`.
    pub failed: usize,
    /// Those whose delivery panicked.
    pub panicked: usize,
}

/// Delivers parcels in the background. A parcel is what is written on it.
pub struct Courier {
    deliver: Box<dyn Fn(String) -> Delivery + Send + Sync>,
    book: Mutex<Book>,
    report: Arc<Mutex<Report>>,
    stop: CancellationToken,
    _stops_when_dropped: DropGuard,
}

/// What decides where a parcel belongs, and whether it is accepted at all.
#[derive(Default)]
struct Book {
    batch: TaskTracker,
    /// Batches that are complete, and perhaps under way.
    earlier: Vec<TaskTracker>,
    closed: bool,
}

impl Courier {
    /// A courier that delivers each parcel in this way.
    pub fn new(deliver: impl Fn(String) -> Delivery + Send + Sync + 'static) -> Self {
        let stop = CancellationToken::new();
        Self {
            deliver: Box::new(deliver),
            book: Mutex::default(),
            report: Arc::default(),
            stop: stop.clone(),
            _stops_when_dropped: stop.drop_guard(),
        }
    }

    /// Begins to deliver a parcel.
    ///
    /// # Errors
    ///
    /// Gives the parcel back if the courier is closed.
    pub fn accept(&self, parcel: String) -> Result<(), String> {
        let member = {
            let book = self.book.lock().unwrap();
            if book.closed {
                return Err(parcel);
            }
            book.batch.token()
        };
        let delivery = (self.deliver)(parcel);
        let (report, stop) = (Arc::clone(&self.report), self.stop.clone());
        tokio::spawn(async move {
            // Dropped last, when the report is complete.
            let _member = member;
            // In a task of its own, so that its panic can be counted.
            let delivery = AbortOnDropHandle::new(tokio::spawn(delivery));
            let Some(end) = stop.run_until_cancelled(delivery).await else {
                return;
            };
            let mut report = report.lock().unwrap();
            match end {
                Ok(Ok(())) => report.delivered += 1,
                Ok(Err(_)) => report.failed += 1,
                Err(_) => report.panicked += 1,
            }
        });
        Ok(())
    }

    /// Waits for the parcels that have been accepted so far.
    pub async fn flush(&self) {
        let batches = {
            let mut book = self.book.lock().unwrap();
            let batch = std::mem::take(&mut book.batch);
            batch.close();
            book.earlier.retain(|batch| !batch.is_empty());
            book.earlier.push(batch);
            book.earlier.clone()
        };
        for batch in batches {
            batch.wait().await;
        }
    }

    /// Accepts no more parcels, and waits for those that have been accepted.
    pub async fn close(&self) -> Report {
        self.book.lock().unwrap().closed = true;
        self.flush().await;
        *self.report.lock().unwrap()
    }
}
