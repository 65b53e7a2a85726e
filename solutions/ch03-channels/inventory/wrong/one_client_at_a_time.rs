//! Wrong: lets one client ask at a time. When it gives up, the next one finds its answer.
//! Caught by: a_client_that_gives_up_leaves_no_answer_behind

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::{Mutex, mpsc, watch};

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
    ended: watch::Receiver<()>,
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
        let (end, ended) = watch::channel(());
        tokio::spawn(async move {
            keep(journal, inbox, outbox).await;
            drop(end);
        });
        Self {
            requests,
            responses: Arc::new(Mutex::new(responses)),
            ended,
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
        let _ = self.ended.clone().changed().await;
    }

    async fn change(&self, item: &str, by: i64) -> Result<u64, Refused> {
        let item = item.to_owned();
        let response = self.ask(Request::Change { item, by }).await?;
        response.count
    }

    async fn ask(&self, request: Request) -> Result<Response, Refused> {
        let mut responses = self.responses.lock().await;
        let sent = self.requests.send(request).await;
        sent.map_err(|_| Refused::Closed)?;
        let response = responses.recv().await;
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
