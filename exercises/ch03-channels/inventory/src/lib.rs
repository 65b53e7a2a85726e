//! # Inventory
//!
//! A warehouse has many clients and one stock, and it enters every change in a journal, which takes
//! a while. In Go a goroutine owns the stock, with a channel of requests and a channel of responses:
//! no mutex, nothing is shared. Except the channel of responses.
//!
//! Below is that version, for tokio. It works for one client at a time.
//!
//! The rules:
//!
//! - [`Warehouse::add`] and [`Warehouse::take`] change the stock and answer with how many of the item
//!   there are then. If there are fewer than a client wants to take, it gets none, and the refusal
//!   says how many there are. An item that was never added is one of which there are 0.
//! - Each answer goes to the client that asked, and no change is lost, however many ask at the same
//!   time.
//! - Each change is entered in the journal, once. A refusal is no change. Entries are numbered from 1,
//!   in the order in which the changes are made, and an entry begins when the one before is written:
//!   the future that `journal` returned is ready. A change is answered as soon as its entry is
//!   written, and not before.
//! - In a [`Snapshot`] stock and number belong together: the first so many changes make this stock.
//! - A client may give up, by dropping the future of its call (a timeout does that). What it asked for
//!   is done as a whole, stock and entry, or not at all; nobody else notices.
//! - [`Warehouse::close`] closes the warehouse for all handles. When it returns, nothing is being
//!   entered in the journal, and nothing will be: what is asked from then on is refused. What was asked
//!   before and has no answer yet is either done or refused, and nobody is left waiting; an entry that
//!   has begun is still written. Any number of handles may close the warehouse, and for each of
//!   them the same holds, also when another one gives up closing.
//! - When the last handle is dropped, the warehouse ends by itself and leaves nothing running. An entry
//!   that has begun is still written.
//!
//! You may change everything in this file but the signatures of what is public. The journal does not
//! panic.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::{Mutex, mpsc};

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
    requests: mpsc::Sender<Request>,
    responses: Arc<Mutex<mpsc::Receiver<Response>>>,
}

enum Request {
    Change { item: String, by: i64 },
    Snapshot,
    Close,
}

struct Response {
    count: Result<u64, Refused>,
    snapshot: Snapshot,
}

impl Warehouse {
    /// An empty warehouse, which enters its changes in `journal`.
    pub fn open<J, F>(journal: J) -> Self
    where
        J: FnMut(Change) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let (requests, inbox) = mpsc::channel(16);
        let (outbox, responses) = mpsc::channel(16);
        tokio::spawn(keep(journal, inbox, outbox));
        Self {
            requests,
            responses: Arc::new(Mutex::new(responses)),
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
        let response = self.ask(Request::Snapshot).await?;
        Ok(response.snapshot)
    }

    /// Closes the warehouse for all its clients.
    pub async fn close(&self) {
        let _ = self.requests.send(Request::Close).await;
    }

    async fn change(&self, item: &str, by: i64) -> Result<u64, Refused> {
        let item = item.to_owned();
        let response = self.ask(Request::Change { item, by }).await?;
        response.count
    }

    async fn ask(&self, request: Request) -> Result<Response, Refused> {
        let sent = self.requests.send(request).await;
        sent.map_err(|_| Refused::Closed)?;
        let response = self.responses.lock().await.recv().await;
        response.ok_or(Refused::Closed)
    }
}

/// Owns the stock until it is told to close.
async fn keep<J, F>(
    mut journal: J,
    mut inbox: mpsc::Receiver<Request>,
    outbox: mpsc::Sender<Response>,
) where
    J: FnMut(Change) -> F,
    F: Future<Output = ()>,
{
    let mut now = Snapshot::default();
    while let Some(request) = inbox.recv().await {
        let count = match request {
            Request::Close => break,
            Request::Snapshot => Ok(now.changes),
            Request::Change { item, by } => {
                let left = now.stock.get(&item).copied().unwrap_or(0);
                let count = left.checked_add_signed(by).ok_or(Refused::Short { left });
                if let Ok(count) = count {
                    now.stock.insert(item.clone(), count);
                    now.changes += 1;
                    let number = now.changes;
                    journal(Change { number, item, by }).await;
                }
                count
            }
        };
        let snapshot = now.clone();
        let _ = outbox.send(Response { count, snapshot }).await;
    }
}
