//! Wrong: a flush takes the deliveries along to wait for them. Whoever gives up the flush ends them.
//! Caught by: a_flush_that_is_given_up_harms_nobody

use std::pin::Pin;
use std::sync::Mutex;

use tokio::sync::Mutex as AsyncMutex;
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
    flushing: AsyncMutex<()>,
}

#[derive(Default)]
struct Book {
    deliveries: JoinSet<Result<(), String>>,
    report: Report,
    closed: bool,
}

impl Courier {
    /// A courier that delivers each parcel in this way.
    pub fn new(deliver: impl Fn(String) -> Delivery + Send + Sync + 'static) -> Self {
        Self {
            deliver: Box::new(deliver),
            book: Mutex::default(),
            flushing: AsyncMutex::default(),
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
        book.deliveries.spawn((self.deliver)(parcel));
        Ok(())
    }

    /// Waits for the parcels that have been accepted so far.
    pub async fn flush(&self) {
        let mut deliveries = std::mem::take(&mut self.book.lock().unwrap().deliveries);
        // Whoever flushes meanwhile waits for this as well.
        let _flushing = self.flushing.lock().await;
        while let Some(end) = deliveries.join_next().await {
            let mut book = self.book.lock().unwrap();
            match end {
                Ok(Ok(())) => book.report.delivered += 1,
                Ok(Err(_)) => book.report.failed += 1,
                Err(_) => book.report.panicked += 1,
            }
        }
    }

    /// Accepts no more parcels, and waits for those that have been accepted.
    pub async fn close(&self) -> Report {
        self.book.lock().unwrap().closed = true;
        self.flush().await;
        self.book.lock().unwrap().report
    }
}
