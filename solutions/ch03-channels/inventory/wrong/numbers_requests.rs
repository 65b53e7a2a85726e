//! Wrong: numbers what is asked for, and not what is changed. A refusal leaves a gap.
//! Caught by: a_shortage_is_refused_and_changes_nothing

use std::collections::BTreeMap;

use tokio::sync::{mpsc, oneshot, watch};

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
    /// Closed when the owner of the stock has come to its end.
    ended: watch::Receiver<()>,
}

/// What a client asks for, and where the answer goes.
enum Request {
    Change {
        item: String,
        by: i64,
        reply: oneshot::Sender<Result<u64, Refused>>,
    },
    Snapshot {
        reply: oneshot::Sender<Snapshot>,
    },
    Close,
}

impl Warehouse {
    /// An empty warehouse, which enters its changes in `journal`.
    pub fn open<J, F>(journal: J) -> Self
    where
        J: FnMut(Change) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let (requests, inbox) = mpsc::channel(16);
        let (end, ended) = watch::channel(());
        tokio::spawn(async move {
            keep(journal, inbox).await;
            drop(end);
        });
        Self { requests, ended }
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
        let (reply, answer) = oneshot::channel();
        self.ask(Request::Snapshot { reply }, answer).await
    }

    /// Closes the warehouse for all its clients.
    pub async fn close(&self) {
        let _ = self.requests.send(Request::Close).await;
        let _ = self.ended.clone().changed().await;
    }

    async fn change(&self, item: &str, by: i64) -> Result<u64, Refused> {
        let item = item.to_owned();
        let (reply, answer) = oneshot::channel();
        self.ask(Request::Change { item, by, reply }, answer)
            .await?
    }

    async fn ask<T>(&self, request: Request, answer: oneshot::Receiver<T>) -> Result<T, Refused> {
        let sent = self.requests.send(request).await;
        sent.map_err(|_| Refused::Closed)?;
        answer.await.map_err(|_| Refused::Closed)
    }
}

/// Owns the stock until it is told to close, or no client is left.
async fn keep<J, F>(mut journal: J, mut inbox: mpsc::Receiver<Request>)
where
    J: FnMut(Change) -> F,
    F: Future<Output = ()>,
{
    let mut now = Snapshot::default();
    let mut number = 0;
    while let Some(request) = inbox.recv().await {
        match request {
            // What is in the inbox already is still received.
            Request::Close => inbox.close(),
            Request::Snapshot { reply } => drop(reply.send(now.clone())),
            Request::Change { item, by, reply } => {
                number += 1;
                let left = now.stock.get(&item).copied().unwrap_or(0);
                let result = left.checked_add_signed(by).ok_or(Refused::Short { left });
                if let Ok(count) = result {
                    now.stock.insert(item.clone(), count);
                    now.changes += 1;
                    journal(Change { number, item, by }).await;
                }
                let _ = reply.send(result);
            }
        }
    }
}
