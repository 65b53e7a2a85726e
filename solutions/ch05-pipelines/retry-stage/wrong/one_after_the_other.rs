//! Wrong: one item at a time: whoever stands behind an order waits for its pauses.
//! Caught by: nobody_waits_for_the_attempts_or_pauses_of_others

use std::num::{NonZeroU32, NonZeroUsize};
use std::pin::Pin;
use std::sync::Arc;
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
    let all = async {
        while let Some(item) = input.recv().await {
            let result = match item {
                Ok(order) => attempt(order, Arc::clone(&work), settings).await,
                failed => failed,
            };
            let is_last = result.is_err() && settings.on_failure == OnFailure::Stop;
            if output.send(result).await.is_err() || is_last {
                return;
            }
        }
    };
    select! {
        () = all => {}
        () = output.closed() => {}
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
