//! Wrong: stops as soon as the bank is busy, before there was another attempt.
//! Caught by: it_ends_with_its_input_when_all_has_come_out

use std::collections::VecDeque;
use std::future::poll_fn;
use std::num::{NonZeroU32, NonZeroUsize};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::select;
use tokio::sync::mpsc::{Receiver, Sender};
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
    let mut held: VecDeque<Held> = VecDeque::new();
    let mut is_open = true;
    while is_open || !held.is_empty() {
        let has_place = held.len() < settings.at_once.get();
        let is_first_over = matches!(held.front(), Some(Held::Over(_)));
        // All of them are looked at whenever one of them wakes us: nobody is left standing.
        select! {
            item = input.recv(), if is_open && has_place => match item {
                Some(Ok(order)) => {
                    let attempts = attempt(order, Arc::clone(&work), settings);
                    held.push_back(Held::UnderWay(Box::pin(attempts)));
                }
                Some(failed) => held.push_back(Held::Over(failed)),
                None => is_open = false,
            },
            () = one_is_over(&mut held) => {}
            room = output.reserve(), if is_first_over => {
                let (Ok(room), Some(Held::Over(item))) = (room, held.pop_front()) else {
                    return;
                };
                room.send(item);
            }
            () = output.closed(), if !is_first_over => return,
        }
        if settings.on_failure == OnFailure::Stop
            && let Some(first) = held.iter().position(Held::has_failed)
        {
            held.truncate(first + 1);
            is_open = false;
        }
    }
}

/// An item in hand.
enum Held {
    UnderWay(Pin<Box<dyn Future<Output = Item> + Send>>),
    Over(Item),
}

impl Held {
    fn has_failed(&self) -> bool {
        matches!(self, Held::Over(Err(_)))
    }
}

/// Lets the items go on, the first one first, until one of them is over. The next ones wait for the next
/// call, since they may not be wanted any more.
async fn one_is_over(held: &mut VecDeque<Held>) {
    poll_fn(|cx| {
        for item in &mut *held {
            if let Held::UnderWay(attempts) = item
                && let Poll::Ready(result) = attempts.as_mut().poll(cx)
            {
                *item = Held::Over(result);
                return Poll::Ready(());
            }
        }
        Poll::Pending
    })
    .await;
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
            Err(Fault::Busy(_))
                if settings.on_failure == OnFailure::GoOn && attempts < settings.attempts.get() =>
            {
                time::sleep(pause).await;
                pause *= 2;
                continue;
            }
            Err(Fault::Busy(_)) => Reason::Busy(attempts),
        };
        return Err(Failed { number, reason });
    }
}
