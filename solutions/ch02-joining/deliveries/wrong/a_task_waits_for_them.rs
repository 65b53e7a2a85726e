//! Wrong: a flush hands the deliveries to a task that waits for them, so it can be given up. That task belongs to nobody.
//! Caught by: a_courier_that_is_dropped_after_a_wait_was_given_up_leaves_nothing_running

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::sync::watch;
use tokio::task::JoinSet;

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
}

#[derive(Default)]
struct Book {
    batch: JoinSet<Result<(), String>>,
    /// Whether the batches before are over.
    earlier: Vec<watch::Receiver<bool>>,
    closed: bool,
}

impl Courier {
    /// A courier that delivers each parcel in this way.
    pub fn new(deliver: impl Fn(String) -> Delivery + Send + Sync + 'static) -> Self {
        Self {
            deliver: Box::new(deliver),
            book: Mutex::default(),
            report: Arc::default(),
        }
    }

    /// Begins to deliver a parcel.
    ///
    /// # Errors
    ///
    /// Gives the parcel back if the courier is closed.
    pub fn accept(&self, parcel: String) -> Result<(), String> {
        let mut book = self.book.lock().unwrap();
        if book.closed {
            return Err(parcel);
        }
        let delivery = (self.deliver)(parcel);
        book.batch.spawn(delivery);
        Ok(())
    }

    /// Waits for the parcels that have been accepted so far.
    pub async fn flush(&self) {
        let batches = {
            let mut book = self.book.lock().unwrap();
            let mut batch = std::mem::take(&mut book.batch);
            let report = Arc::clone(&self.report);
            let (over, batch_over) = watch::channel(false);
            tokio::spawn(async move {
                while let Some(end) = batch.join_next().await {
                    let mut report = report.lock().unwrap();
                    match end {
                        Ok(Ok(())) => report.delivered += 1,
                        Ok(Err(_)) => report.failed += 1,
                        Err(_) => report.panicked += 1,
                    }
                }
                over.send_replace(true);
            });
            book.earlier.retain(|over| !*over.borrow());
            book.earlier.push(batch_over);
            book.earlier.clone()
        };
        for mut batch_over in batches {
            let _ = batch_over.wait_for(|over| *over).await;
        }
    }

    /// Accepts no more parcels, and waits for those that have been accepted.
    pub async fn close(&self) -> Report {
        self.book.lock().unwrap().closed = true;
        self.flush().await;
        *self.report.lock().unwrap()
    }
}
