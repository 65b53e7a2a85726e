//! Wrong: clients leave a note on a desk, and look every 10 ms whether there is an answer.
//! Caught by: an_answer_comes_when_the_change_is_entered

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time;

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

const A_MOMENT: Duration = Duration::from_millis(10);

/// A client's access to the warehouse; clone it for another client.
#[derive(Clone)]
pub struct Warehouse {
    desk: Arc<Mutex<Desk>>,
    ended: watch::Receiver<()>,
}

/// Where clients leave requests and look for answers.
#[derive(Default)]
struct Desk {
    requests: VecDeque<(u64, String, i64)>,
    answers: HashMap<u64, Result<u64, Refused>>,
    asked: u64,
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
        let (end, ended) = watch::channel(());
        let warehouse = Self {
            desk: Arc::default(),
            ended,
        };
        let desk = Arc::clone(&warehouse.desk);
        tokio::spawn(async move {
            loop {
                let request = desk.lock().unwrap().requests.pop_front();
                let Some((id, item, by)) = request else {
                    if desk.lock().unwrap().closed || end.is_closed() {
                        break;
                    }
                    time::sleep(A_MOMENT).await;
                    continue;
                };
                let answer = desk.lock().unwrap().change(&item, by);
                if answer.is_ok() {
                    let number = desk.lock().unwrap().now.changes;
                    journal(Change { number, item, by }).await;
                }
                desk.lock().unwrap().answers.insert(id, answer);
            }
        });
        warehouse
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
        let desk = self.desk.lock().unwrap();
        if desk.closed {
            return Err(Refused::Closed);
        }
        Ok(desk.now.clone())
    }

    /// Closes the warehouse for all its clients.
    pub async fn close(&self) {
        self.desk.lock().unwrap().closed = true;
        let _ = self.ended.clone().changed().await;
    }

    async fn change(&self, item: &str, by: i64) -> Result<u64, Refused> {
        let id = {
            let mut desk = self.desk.lock().unwrap();
            if desk.closed {
                return Err(Refused::Closed);
            }
            desk.asked += 1;
            let id = desk.asked;
            desk.requests.push_back((id, item.to_owned(), by));
            id
        };
        loop {
            if let Some(answer) = self.desk.lock().unwrap().answers.remove(&id) {
                return answer;
            }
            time::sleep(A_MOMENT).await;
        }
    }
}

impl Desk {
    fn change(&mut self, item: &str, by: i64) -> Result<u64, Refused> {
        let left = self.now.stock.get(item).copied().unwrap_or(0);
        let count = left.checked_add_signed(by).ok_or(Refused::Short { left })?;
        self.now.stock.insert(item.to_owned(), count);
        self.now.changes += 1;
        Ok(count)
    }
}
