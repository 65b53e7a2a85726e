//! Wrong: the last line of a delivery says that it is over. A panic never comes to that line.
//! Caught by: a_flush_ends_although_a_delivery_fails_or_panics

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::Mutex;

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
    book: watch::Sender<Book>,
    deliveries: Mutex<JoinSet<()>>,
}

#[derive(Default)]
struct Book {
    accepted: u64,
    under_way: BTreeSet<u64>,
    report: Report,
    closed: bool,
}

/// A parcel that is under way. It is entered as one that panicked, unless it is told otherwise.
struct Entry {
    number: u64,
    end: Option<Result<(), String>>,
    book: watch::Sender<Book>,
}

impl Entry {
    fn strike_out(self) {
        self.book.send_modify(|book| {
            book.under_way.remove(&self.number);
            match self.end {
                Some(Ok(())) => book.report.delivered += 1,
                Some(Err(_)) => book.report.failed += 1,
                None => book.report.panicked += 1,
            }
        });
    }
}

impl Courier {
    /// A courier that delivers each parcel in this way.
    pub fn new(deliver: impl Fn(String) -> Delivery + Send + Sync + 'static) -> Self {
        Self {
            deliver: Box::new(deliver),
            book: watch::Sender::default(),
            deliveries: Mutex::default(),
        }
    }

    /// Begins to deliver a parcel.
    ///
    /// # Errors
    ///
    /// Gives the parcel back if the courier is closed.
    pub fn accept(&self, parcel: String) -> Result<(), String> {
        let mut number = None;
        self.book.send_if_modified(|book| {
            if !book.closed {
                book.accepted += 1;
                book.under_way.insert(book.accepted);
                number = Some(book.accepted);
            }
            false
        });
        let Some(number) = number else {
            return Err(parcel);
        };
        let mut entry = Entry {
            number,
            end: None,
            book: self.book.clone(),
        };
        let delivery = (self.deliver)(parcel);
        let mut deliveries = self.deliveries.lock().unwrap();
        // Those that are over need not be kept.
        while deliveries.try_join_next().is_some() {}
        deliveries.spawn(async move {
            entry.end = Some(delivery.await);
            entry.strike_out();
        });
        Ok(())
    }

    /// Waits for the parcels that have been accepted so far.
    pub async fn flush(&self) {
        let last = self.book.borrow().accepted;
        let over = |book: &Book| book.under_way.first().is_none_or(|first| *first > last);
        let waited = self.book.subscribe().wait_for(over).await.is_ok();
        assert!(waited, "the courier has a sender");
    }

    /// Accepts no more parcels, and waits for those that have been accepted.
    pub async fn close(&self) -> Report {
        self.book.send_modify(|book| book.closed = true);
        self.flush().await;
        self.book.borrow().report
    }
}
