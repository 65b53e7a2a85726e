//! The stock lies on a counter that all share, and only the journal has an owner: a task that takes one
//! change after the other from a queue. Snapshots need no answer from it, and closing refuses who is still
//! in the queue.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use tokio::sync::{Notify, watch};

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
    clients: Arc<Clients>,
    ended: watch::Receiver<()>,
}

/// All clients; the owner learns from its end that they are gone.
struct Clients {
    counter: Arc<Counter>,
}

impl Drop for Clients {
    fn drop(&mut self) {
        self.counter.close();
    }
}

/// What lies between the clients and the owner of the journal.
#[derive(Default)]
struct Counter {
    book: Mutex<Book>,
    changed: Notify,
}

#[derive(Default)]
struct Book {
    now: Snapshot,
    waiting: VecDeque<(String, i64, watch::Sender<Answer>)>,
    closed: bool,
}

type Answer = Option<Result<u64, Refused>>;

impl Counter {
    fn close(&self) {
        self.book.lock().unwrap().closed = true;
        self.changed.notify_one();
    }

    /// Makes the next change, and says what to enter and whom to tell.
    fn next(&self) -> Next {
        let mut book = self.book.lock().unwrap();
        while let Some((item, by, reply)) = book.waiting.pop_front() {
            let left = book.now.stock.get(&item).copied().unwrap_or(0);
            if book.closed || reply.is_closed() {
                let _ = reply.send(Some(Err(Refused::Closed)));
                continue;
            }
            let Some(count) = left.checked_add_signed(by) else {
                let _ = reply.send(Some(Err(Refused::Short { left })));
                continue;
            };
            book.now.stock.insert(item.clone(), count);
            book.now.changes += 1;
            let number = book.now.changes;
            return Next::Enter(Change { number, item, by }, count, reply);
        }
        if book.closed { Next::End } else { Next::Wait }
    }
}

enum Next {
    Enter(Change, u64, watch::Sender<Answer>),
    Wait,
    End,
}

impl Warehouse {
    /// An empty warehouse, which enters its changes in `journal`.
    pub fn open<J, F>(mut journal: J) -> Self
    where
        J: FnMut(Change) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let counter = Arc::new(Counter::default());
        let (end, ended) = watch::channel(());
        let clients = Arc::new(Clients {
            counter: Arc::clone(&counter),
        });
        tokio::spawn(async move {
            loop {
                match counter.next() {
                    Next::Enter(change, count, reply) => {
                        journal(change).await;
                        let _ = reply.send(Some(Ok(count)));
                    }
                    Next::Wait => counter.changed.notified().await,
                    Next::End => break,
                }
            }
            drop(end);
        });
        Self { clients, ended }
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
        let book = self.clients.counter.book.lock().unwrap();
        if book.closed {
            return Err(Refused::Closed);
        }
        Ok(book.now.clone())
    }

    /// Closes the warehouse for all its clients. Who is still in the queue is refused.
    pub async fn close(&self) {
        self.clients.counter.close();
        let _ = self.ended.clone().changed().await;
    }

    async fn change(&self, item: &str, by: i64) -> Result<u64, Refused> {
        let (reply, mut answer) = watch::channel(None);
        {
            let mut book = self.clients.counter.book.lock().unwrap();
            if book.closed {
                return Err(Refused::Closed);
            }
            book.waiting.push_back((item.to_owned(), by, reply));
        }
        self.clients.counter.changed.notify_one();
        let answer = answer.wait_for(Option::is_some).await;
        answer.map_or(Err(Refused::Closed), |answer| {
            answer.unwrap_or(Err(Refused::Closed))
        })
    }
}
