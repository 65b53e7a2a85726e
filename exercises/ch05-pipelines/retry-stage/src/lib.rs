//! # Retry stage
//!
//! Orders come in by one channel, are charged by a bank that is busy now and then, and go out by another
//! channel. A guide has five ways to carry errors through a pipeline. One of them tries again, with what the
//! failed attempt has left over. Another one stops at the first error: it sends the error on, and that is all
//! that stops.
//!
//! Below is a port that limits what is under way. It is nearly right.
//!
//! The rules, in which an item is *in hand* from when it was received until it was sent on:
//!
//! - For every item that comes in one goes out, in the order in which they came in.
//! - An item that failed in an earlier stage goes out as it came in.
//! - For an order, `work` is called with the order as it came in: an *attempt*. If it succeeds, its result
//!   goes out. If the bank declines, that goes out, and there is no other attempt.
//! - If the bank is busy, there is another attempt after a pause. The first pause is `pause` long, each further
//!   one twice as long as the one before. After so many attempts as the settings allow, `Reason::Busy` with
//!   their number goes out, and there is no further pause.
//! - At most `at_once` items are in hand. While fewer are, one that is in the input is taken in, and its first
//!   attempt begins at once. Neither attempts nor pauses wait for other items, or for room in the output.
//! - What is over goes out as soon as all before it has gone out and the output has room.
//! - With `OnFailure::Stop` an item has failed as soon as it is certain that no order will go out for it. From
//!   then on nothing more is taken in, and what is in hand behind it is dropped where it stands and does not
//!   go out. What is before it goes on as ever; it may fail in its turn. The failure goes out last.
//! - The stage returns when nothing more will go out: the input has ended and everything has been sent on, or
//!   a failure has gone out and was to stop it. If nobody takes the output any more, it returns at once,
//!   whatever it was doing.
//! - When the stage has returned, or was dropped, nothing that it started goes on.
//! - While it can do nothing, it sleeps: no polling.
//!
//! You need not expect that `work` panics. You may change everything in this file but the signatures of what
//! is public.

use std::num::{NonZeroU32, NonZeroUsize};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use tokio::sync::mpsc::{Receiver, Sender};
use tokio::time;
use tokio_stream::wrappers::ReceiverStream;

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
pub async fn retry(input: Receiver<Item>, output: Sender<Item>, work: Work, settings: Settings) {
    let items = ReceiverStream::new(input);
    let results = items.map(|item| see_to_it(item, &work, settings));
    let mut results = results.buffered(settings.at_once.get());
    while let Some(result) = results.next().await {
        let is_last = result.is_err() && settings.on_failure == OnFailure::Stop;
        if output.send(result).await.is_err() || is_last {
            return;
        }
    }
}

async fn see_to_it(item: Item, work: &Work, settings: Settings) -> Item {
    let mut order = item?;
    let number = order.number;
    let mut pause = settings.pause;
    for _ in 0..settings.attempts.get() {
        order = match work(order).await {
            Ok(done) => return Ok(done),
            Err(Fault::Busy(order)) => order,
            Err(Fault::Declined) => {
                let reason = Reason::Declined;
                return Err(Failed { number, reason });
            }
        };
        time::sleep(pause).await;
        pause *= 2;
    }
    let reason = Reason::Busy(settings.attempts.get());
    Err(Failed { number, reason })
}
