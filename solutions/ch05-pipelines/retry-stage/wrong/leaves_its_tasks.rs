//! Wrong: each item has a task, and a handle that is dropped lets it go on.
//! Caught by: it_ends_at_once_if_nobody_takes_the_output, nothing_goes_on_when_the_stage_is_dropped

use std::num::{NonZeroU32, NonZeroUsize};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::select;
use tokio::sync::mpsc::{self, Receiver, Sender, UnboundedReceiver, UnboundedSender};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinHandle;
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
pub async fn retry(input: Receiver<Item>, output: Sender<Item>, work: Work, settings: Settings) {
    let stage = Stage {
        work,
        settings,
        cut: watch::Sender::new(usize::MAX),
        places: Arc::new(Semaphore::new(settings.at_once.get())),
    };
    let (begun, under_way) = mpsc::unbounded_channel();
    let both = async {
        tokio::join!(stage.begin(input, begun), stage.hand_on(under_way, &output));
    };
    select! {
        () = both => {}
        () = output.closed() => {}
    }
}

struct Stage {
    work: Work,
    settings: Settings,
    /// The number of the first item that failed, if that is to stop the stage. All behind it look at it.
    cut: watch::Sender<usize>,
    places: Arc<Semaphore>,
}

/// An item in hand, with its place. Nothing comes of it if it stood behind a failure.
struct Begun {
    result: JoinHandle<Option<Item>>,
    _place: OwnedSemaphorePermit,
}

impl Stage {
    async fn begin(&self, mut input: Receiver<Item>, begun: UnboundedSender<Begun>) {
        let mut cut = self.cut.subscribe();
        for number in 0.. {
            let next = async {
                let place = Arc::clone(&self.places).acquire_owned().await;
                (place.expect("it is never closed"), input.recv().await)
            };
            let (place, item) = select! {
                biased;
                _ = cut.wait_for(|cut| *cut != usize::MAX) => return,
                next = next => next,
            };
            let Some(item) = item else {
                return;
            };
            let result = self.see_to_it(number, item);
            let result = tokio::spawn(result);
            if begun
                .send(Begun {
                    result,
                    _place: place,
                })
                .is_err()
            {
                return;
            }
        }
    }

    fn see_to_it(&self, number: usize, item: Item) -> impl Future<Output = Option<Item>> + use<> {
        let (work, settings, cut) = (Arc::clone(&self.work), self.settings, self.cut.clone());
        async move {
            let mut earlier = cut.subscribe();
            let result = async {
                match item {
                    Ok(order) => attempt(order, work, settings).await,
                    failed => failed,
                }
            };
            let result = select! {
                biased;
                _ = earlier.wait_for(|cut| *cut < number) => return None,
                result = result => result,
            };
            if result.is_err() && settings.on_failure == OnFailure::Stop {
                cut.send_if_modified(|cut| {
                    let is_first = number < *cut;
                    *cut = number.min(*cut);
                    is_first
                });
            }
            Some(result)
        }
    }

    async fn hand_on(&self, mut under_way: UnboundedReceiver<Begun>, output: &Sender<Item>) {
        while let Some(Begun { result, _place }) = under_way.recv().await {
            let result = result.await.expect("the bank does not panic");
            let Some(item) = result else {
                return;
            };
            let is_last = item.is_err() && self.settings.on_failure == OnFailure::Stop;
            if output.send(item).await.is_err() || is_last {
                return;
            }
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
