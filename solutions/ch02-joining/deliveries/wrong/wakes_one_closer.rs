//! Wrong: the last delivery tells one who closes that all is over. A second one is told nothing.
//! Caught by: two_closes_at_the_same_time_report_the_same

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::sync::Notify;
use tokio::task::AbortHandle;

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
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    books: Mutex<Books>,
    one_over: Notify,
    all_over: Notify,
}

#[derive(Default)]
struct Books {
    closed: bool,
    report: Report,
    next: u64,
    under_way: BTreeMap<u64, Option<AbortHandle>>,
}

/// A parcel that is under way. It has panicked, unless it is told otherwise.
struct Slip {
    number: u64,
    shared: Arc<Shared>,
    end: Option<Result<(), String>>,
}

impl Drop for Slip {
    fn drop(&mut self) {
        let mut books = self.shared.books.lock().unwrap();
        match self.end {
            Some(Ok(())) => books.report.delivered += 1,
            Some(Err(_)) => books.report.failed += 1,
            None => books.report.panicked += 1,
        }
        books.under_way.remove(&self.number);
        let last = books.closed && books.under_way.is_empty();
        drop(books);
        if last {
            self.shared.all_over.notify_one();
        }
        self.shared.one_over.notify_waiters();
    }
}

impl Courier {
    /// A courier that delivers each parcel in this way.
    pub fn new(deliver: impl Fn(String) -> Delivery + Send + Sync + 'static) -> Self {
        Self {
            deliver: Box::new(deliver),
            shared: Arc::default(),
        }
    }

    /// Begins to deliver a parcel.
    ///
    /// # Errors
    ///
    /// Gives the parcel back if the courier is closed.
    pub fn accept(&self, parcel: String) -> Result<(), String> {
        let slip = {
            let mut books = self.shared.books.lock().unwrap();
            if books.closed {
                return Err(parcel);
            }
            let number = books.next;
            books.next += 1;
            books.under_way.insert(number, None);
            Slip {
                number,
                shared: Arc::clone(&self.shared),
                end: None,
            }
        };
        let number = slip.number;
        let delivery = (self.deliver)(parcel);
        let task = tokio::spawn(async move {
            let mut slip = slip;
            slip.end = Some(delivery.await);
        });
        if let Some(handle) = self.shared.books.lock().unwrap().under_way.get_mut(&number) {
            *handle = Some(task.abort_handle());
        }
        Ok(())
    }

    /// Waits for the parcels that have been accepted so far.
    pub async fn flush(&self) {
        let line = self.shared.books.lock().unwrap().next;
        loop {
            let over = self.shared.one_over.notified();
            let first = self
                .shared
                .books
                .lock()
                .unwrap()
                .under_way
                .keys()
                .next()
                .copied();
            if first.is_none_or(|first| first >= line) {
                return;
            }
            over.await;
        }
    }

    /// Accepts no more parcels, and waits for those that have been accepted.
    pub async fn close(&self) -> Report {
        self.shared.books.lock().unwrap().closed = true;
        let is_empty = || self.shared.books.lock().unwrap().under_way.is_empty();
        while !is_empty() {
            self.shared.all_over.notified().await;
        }
        self.shared.books.lock().unwrap().report
    }
}

impl Drop for Courier {
    fn drop(&mut self) {
        let tasks: Vec<_> = {
            let mut books = self.shared.books.lock().unwrap();
            books.closed = true;
            books
                .under_way
                .values_mut()
                .filter_map(Option::take)
                .collect()
        };
        for task in tasks {
            task.abort();
        }
    }
}
