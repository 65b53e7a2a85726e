//! A set of tasks, and a shelf on which results wait for their turn; a failure aborts the tasks behind it.

use std::collections::BTreeMap;
use std::num::{NonZeroU32, NonZeroUsize};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::select;
use tokio::sync::mpsc::{Receiver, Sender};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time;

/// An order on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its number.
    pub number: u32,
    /// What is to be paid, in cents.
    pub cents: u32,
}

/// An order that failed, here or in an earlier stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The number of the order.
    pub number: u32,
    /// Why it failed.
    pub reason: Reason,
}

/// Why an order failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An earlier stage could not read it.
    Unreadable,
    /// The bank has declined it.
    Declined,
    /// The bank was busy, in so many attempts.
    Busy(u32),
}

/// What goes through the pipeline.
pub type Item = Result<Order, Failed>;

/// Why an attempt failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The bank is busy, and may be asked again. This is the order as the attempt left it.
    Busy(Order),
    /// The bank declines, and will again.
    Declined,
}

/// The future of one attempt.
pub type Attempt = Pin<Box<dyn Future<Output = Result<Order, Fault>> + Send>>;

/// What is attempted with each order.
pub type Work = Arc<dyn Fn(Order) -> Attempt + Send + Sync>;

/// What a failure means for the items behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnFailure {
    /// Nothing: it goes through like any other item.
    GoOn,
    /// The end: nothing behind it is done.
    Stop,
}

/// How a stage tries.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How many attempts an order gets.
    pub attempts: NonZeroU32,
    /// The pause between the first attempt and the second.
    pub pause: Duration,
    /// How many items are in hand.
    pub at_once: NonZeroUsize,
    /// What a failure means.
    pub on_failure: OnFailure,
}

/// Sends orders through `work`, and what becomes of them to the output.
pub async fn retry(
    mut input: Receiver<Item>,
    output: Sender<Item>,
    work: Work,
    settings: Settings,
) {
    let mut tasks: JoinSet<(usize, Item)> = JoinSet::new();
    let mut shelf = Shelf::default();
    let mut is_open = true;
    loop {
        let next = shelf.results.contains_key(&shelf.next);
        select! {
            room = output.reserve(), if next => {
                let Ok(room) = room else {
                    return;
                };
                room.send(shelf.take());
            }
            Some(joined) = tasks.join_next() => {
                // It was stopped.
                let Ok((number, result)) = joined else {
                    continue;
                };
                if result.is_err() && settings.on_failure == OnFailure::Stop {
                    is_open = false;
                    shelf.cut_behind(number);
                }
                shelf.put(number, result);
            }
            item = input.recv(), if is_open && shelf.in_hand() < settings.at_once.get() => {
                let Some(item) = item else {
                    is_open = false;
                    continue;
                };
                let number = shelf.begun;
                // Even what is over already goes through a task: there is one way to the shelf.
                is_open = item.is_ok() || settings.on_failure == OnFailure::GoOn;
                let work = Arc::clone(&work);
                let task = tasks.spawn(async move {
                    match item {
                        Ok(order) => (number, attempt(order, work, settings).await),
                        failed => (number, failed),
                    }
                });
                shelf.tasks.insert(number, task);
                shelf.begun += 1;
            }
            () = output.closed(), if !next && (is_open || shelf.in_hand() > 0) => return,
            else => return,
        }
    }
}

/// Results lie here until it is their turn.
#[derive(Default)]
struct Shelf {
    begun: usize,
    next: usize,
    tasks: BTreeMap<usize, AbortHandle>,
    results: BTreeMap<usize, Item>,
}

impl Shelf {
    fn in_hand(&self) -> usize {
        self.begun - self.next
    }

    fn take(&mut self) -> Item {
        let item = self.results.remove(&self.next).expect("it lies here");
        self.next += 1;
        item
    }

    fn put(&mut self, number: usize, result: Item) {
        self.tasks.remove(&number);
        if number < self.begun {
            self.results.insert(number, result);
        }
    }

    fn cut_behind(&mut self, number: usize) {
        // A task that was over before it could be stopped may have failed as well.
        if number >= self.begun {
            return;
        }
        self.begun = number + 1;
        self.results.split_off(&self.begun);
        for task in self.tasks.split_off(&self.begun).into_values() {
            task.abort();
        }
    }
}

async fn attempt(order: Order, work: Work, settings: Settings) -> Item {
    let number = order.number;
    let mut pause = settings.pause;
    let mut attempts = 0;
    loop {
        attempts += 1;
        let reason = match work(order.clone()).await {
            Ok(done) => return Ok(done),
            Err(Fault::Declined) => Reason::Declined,
            Err(Fault::Busy(_)) if attempts < settings.attempts.get() => {
                time::sleep(pause).await;
                pause *= 2;
                continue;
            }
            Err(Fault::Busy(_)) => Reason::Busy(attempts),
        };
        return Err(Failed { number, reason });
    }
}
