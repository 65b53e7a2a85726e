//! Wrong: a mutex, held while the entry is written. A client that gives up drops the entry half-way.
//! Caught by: what_a_client_gave_up_is_done_as_a_whole_or_not_at_all

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::Mutex;

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

type Journal = Box<dyn FnMut(Change) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

/// A client's access to the warehouse; clone it for another client.
#[derive(Clone)]
pub struct Warehouse {
    state: Arc<Mutex<State>>,
}

struct State {
    now: Snapshot,
    journal: Journal,
    closed: bool,
}

impl Warehouse {
    /// An empty warehouse, which enters its changes in `journal`.
    pub fn open<J, F>(mut journal: J) -> Self
    where
        J: FnMut(Change) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let state = State {
            now: Snapshot::default(),
            journal: Box::new(move |change| Box::pin(journal(change))),
            closed: false,
        };
        Self {
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// Adds `n` to the stock, and answers with how many there are then.
    pub async fn add(&self, item: &str, n: u32) -> Result<u64, Refused> {
        self.change(item, i64::from(n)).await
    }

    /// Takes `n` out of the stock, and answers with how many are left.
    pub async fn take(&self, item: &str, n: u32) -> Result<u64, Refused> {
        self.change(item, -i64::from(n)).await
    }

    /// The stock as it is.
    pub async fn snapshot(&self) -> Result<Snapshot, Refused> {
        let state = self.state.lock().await;
        if state.closed {
            return Err(Refused::Closed);
        }
        Ok(state.now.clone())
    }

    /// Closes the warehouse for all its clients.
    pub async fn close(&self) {
        self.state.lock().await.closed = true;
    }

    async fn change(&self, item: &str, by: i64) -> Result<u64, Refused> {
        let mut state = self.state.lock().await;
        state.change(item.to_owned(), by).await
    }
}

impl State {
    async fn change(&mut self, item: String, by: i64) -> Result<u64, Refused> {
        if self.closed {
            return Err(Refused::Closed);
        }
        let left = self.now.stock.get(&item).copied().unwrap_or(0);
        let count = left.checked_add_signed(by).ok_or(Refused::Short { left })?;
        self.now.stock.insert(item.clone(), count);
        self.now.changes += 1;
        let number = self.now.changes;
        (self.journal)(Change { number, item, by }).await;
        Ok(count)
    }
}
