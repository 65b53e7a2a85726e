//! Wrong: looks under a read lock, enters the change without one, and stores the result under a write lock. Of 10,000 updates of a guide that does this, 91 were kept.
//! Caught by: no_change_is_lost

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::{Mutex, RwLock};

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
    state: Arc<RwLock<State>>,
    journal: Arc<Mutex<Journal>>,
}

struct State {
    now: Snapshot,
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
            closed: false,
        };
        let journal: Journal = Box::new(move |change| Box::pin(journal(change)));
        Self {
            state: Arc::new(RwLock::new(state)),
            journal: Arc::new(Mutex::new(journal)),
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
        let state = self.state.read().await;
        if state.closed {
            return Err(Refused::Closed);
        }
        Ok(state.now.clone())
    }

    /// Closes the warehouse for all its clients.
    pub async fn close(&self) {
        self.state.write().await.closed = true;
        drop(self.journal.lock().await);
    }

    async fn change(&self, item: &str, by: i64) -> Result<u64, Refused> {
        let (warehouse, item) = (self.clone(), item.to_owned());
        let change = tokio::spawn(async move { warehouse.change_now(item, by).await });
        change.await.expect("the journal does not panic")
    }

    async fn change_now(&self, item: String, by: i64) -> Result<u64, Refused> {
        let state = self.state.read().await;
        if state.closed {
            return Err(Refused::Closed);
        }
        let left = state.now.stock.get(&item).copied().unwrap_or(0);
        let count = left.checked_add_signed(by).ok_or(Refused::Short { left })?;
        drop(state);

        let mut journal = self.journal.lock().await;
        let number = self.state.read().await.now.changes + 1;
        journal(Change {
            number,
            item: item.clone(),
            by,
        })
        .await;

        let now = &mut self.state.write().await.now;
        now.stock.insert(item, count);
        now.changes = number;
        Ok(count)
    }
}
