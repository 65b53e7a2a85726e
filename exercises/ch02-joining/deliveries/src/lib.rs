//! # Deliveries
//!
//! A shop hands parcels to a courier and goes on selling. Now and then it has to know that everything
//! sold so far is out of the house, and in the evening that nothing is left. In Go that is one
//! `sync.WaitGroup` with a `go` for each parcel. It panics if it is used again before each `Wait` has
//! returned, and in a shop where somebody always comes in, `Wait` never does.
//!
//! Below is a courier for tokio, with a tracker in place of the wait group. It is nearly right.
//!
//! The rules:
//!
//! - [`Courier::accept`] takes a parcel and returns at once. Its delivery begins in the background,
//!   and waits neither for other deliveries nor for a `flush`.
//! - [`Courier::flush`] waits until each parcel that was accepted before it was called is delivered or
//!   known to be lost. It returns then, whatever becomes of parcels that were accepted later.
//! - Parcels can be accepted during a flush, and any number of flushes can go on at the same time.
//! - A delivery that returns `Err` or panics is over. The others go on.
//! - [`Courier::close`] accepts no more parcels: from then on `accept` gives them back. It waits for
//!   all that were accepted, and reports what became of them.
//! - It can be called again, and reports the same. A `flush` or `close` that is given up changes
//!   nothing for the parcels or for anybody else; what is closed stays closed.
//! - A courier that is dropped leaves nothing running. It may cut deliveries short.
//!
//! You may change everything in this file but the signatures of what is public.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tokio_util::task::TaskTracker;

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
    deliveries: TaskTracker,
    report: Arc<Mutex<Report>>,
    closed: AtomicBool,
}

impl Courier {
    /// A courier that delivers each parcel in this way.
    pub fn new(deliver: impl Fn(String) -> Delivery + Send + Sync + 'static) -> Self {
        Self {
            deliver: Box::new(deliver),
            deliveries: TaskTracker::new(),
            report: Arc::default(),
            closed: AtomicBool::new(false),
        }
    }

    /// Begins to deliver a parcel.
    ///
    /// # Errors
    ///
    /// Gives the parcel back if the courier is closed.
    pub fn accept(&self, parcel: String) -> Result<(), String> {
        if self.closed.load(Ordering::SeqCst) {
            return Err(parcel);
        }
        let delivery = (self.deliver)(parcel);
        let report = Arc::clone(&self.report);
        self.deliveries.spawn(async move {
            match delivery.await {
                Ok(()) => report.lock().unwrap().delivered += 1,
                Err(_) => report.lock().unwrap().failed += 1,
            }
        });
        Ok(())
    }

    /// Waits for the parcels that have been accepted so far.
    pub async fn flush(&self) {
        self.deliveries.close();
        self.deliveries.wait().await;
        self.deliveries.reopen();
    }

    /// Accepts no more parcels, and waits for those that have been accepted.
    pub async fn close(&self) -> Report {
        self.flush().await;
        self.closed.store(true, Ordering::SeqCst);
        *self.report.lock().unwrap()
    }
}
