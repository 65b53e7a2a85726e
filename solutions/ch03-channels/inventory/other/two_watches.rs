//! A ledger that all can watch, and a number that says how far the journal has come. Who changes the
//! stock waits for its number, and who closes waits until nobody says a number any more.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tokio::sync::watch;

/// An entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first change is number 1.
    pub number: u64,
    /// Which item was added or taken.
    pub item: String,
    /// How many were added; what was taken is below zero.
    pub by: i64,
}

/// Why a client does not get what it asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There are only so many.
    Short {
        /// How many there are.
        left: u64,
    },
    /// The warehouse is closed.
    Closed,
}

/// The stock at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// How many there are of each item.
    pub stock: BTreeMap<String, u64>,
    /// The number of the last change, or 0.
    pub changes: u64,
}

/// A client's access to the warehouse; clone it for another client.
#[derive(Clone)]
pub struct Warehouse {
    ledger: Arc<watch::Sender<Ledger>>,
    written: watch::Receiver<u64>,
}

#[derive(Default)]
struct Ledger {
    now: Snapshot,
    log: VecDeque<Change>,
    closed: bool,
}

impl Warehouse {
    /// An empty warehouse, which enters its changes in `journal`.
    pub fn open<J, F>(mut journal: J) -> Self
    where
        J: FnMut(Change) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let (ledger, mut changes) = watch::channel(Ledger::default());
        let (progress, written) = watch::channel(0);
        tokio::spawn(async move {
            for number in 1.. {
                let more = |ledger: &Ledger| ledger.now.changes >= number;
                let _ = changes
                    .wait_for(|ledger| more(ledger) || ledger.closed)
                    .await;
                let change = changes
                    .borrow()
                    .log
                    .iter()
                    .find(|c| c.number == number)
                    .cloned();
                let Some(change) = change else { break };
                journal(change).await;
                let _ = progress.send(number);
            }
        });
        Self {
            ledger: Arc::new(ledger),
            written,
        }
    }

    /// Adds `n` to the stock, and answers with how many there are then.
    ///
    /// # Errors
    /// If the warehouse is closed.
    pub async fn add(&self, item: &str, n: u32) -> Result<u64, Refused> {
        self.change(item, i64::from(n)).await
    }

    /// Takes `n` out of the stock, and answers with how many are left.
    ///
    /// # Errors
    /// If there are fewer than `n`, or the warehouse is closed. Then none is taken.
    pub async fn take(&self, item: &str, n: u32) -> Result<u64, Refused> {
        self.change(item, -i64::from(n)).await
    }

    /// The stock as it is.
    ///
    /// # Errors
    /// If the warehouse is closed.
    pub async fn snapshot(&self) -> Result<Snapshot, Refused> {
        let ledger = self.ledger.borrow();
        if ledger.closed {
            Err(Refused::Closed)
        } else {
            Ok(ledger.now.clone())
        }
    }

    /// Closes the warehouse for all its clients.
    pub async fn close(&self) {
        self.ledger.send_modify(|ledger| ledger.closed = true);
        let mut written = self.written.clone();
        while written.changed().await.is_ok() {}
    }

    async fn change(&self, item: &str, by: i64) -> Result<u64, Refused> {
        let done = *self.written.borrow();
        let mut result = Err(Refused::Closed);
        self.ledger.send_if_modified(|ledger| {
            if ledger.closed {
                return false;
            }
            let left = ledger.now.stock.get(item).copied().unwrap_or(0);
            let Some(count) = left.checked_add_signed(by) else {
                result = Err(Refused::Short { left });
                return false;
            };
            ledger.now.stock.insert(item.to_owned(), count);
            ledger.now.changes += 1;
            let number = ledger.now.changes;
            ledger.log.retain(|change| change.number > done);
            ledger.log.push_back(Change {
                number,
                item: item.to_owned(),
                by,
            });
            result = Ok((count, number));
            true
        });
        let (count, number) = result?;
        let mut written = self.written.clone();
        written
            .wait_for(|&done| done >= number)
            .await
            .map_err(|_| Refused::Closed)?;
        Ok(count)
    }
}
