//! Without a task: the two stages are polled in place, and a panic is caught there. The bucket is a
//! single moment, at which it would be full again.

use std::future::poll_fn;
use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use tokio::time::{self, Instant};

/// What a client wants.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is to be made.
    pub order: String,
    /// How long the client will wait, if he says so.
    pub patience: Option<Duration>,
}

/// What a client gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// What was made of the order (200).
    Done(String),
    /// More requests have come than the rate allows (429).
    TooMany,
    /// The backend failed or panicked (500).
    Failed,
    /// As many requests are in the making as there are places (503).
    Busy,
    /// The time was over before it was made (504).
    TimedOut,
}

/// How much the gateway lets in. A rate of nothing cannot be written.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many requests are in the making at the same time.
    pub at_most: NonZeroUsize,
    /// How many tokens the bucket holds.
    pub burst: NonZeroU32,
    /// In how many milliseconds it gains one.
    pub every_ms: NonZeroU64,
    /// How long a request may take.
    pub patience: Duration,
}

/// The service behind the gateway.
pub trait Backend: Send + Sync + 'static {
    /// The first stage: what is needed for an order.
    fn fetch(&self, order: String) -> impl Future<Output = Result<String, String>> + Send;
    /// The second stage: what is made of it.
    fn render(&self, record: String) -> impl Future<Output = Result<String, String>> + Send;
}

/// Stands before a service, and lets in what it can bear.
pub struct Gateway<B> {
    at_most: usize,
    patience: Duration,
    in_the_making: AtomicUsize,
    rate: Mutex<Rate>,
    backend: B,
}

impl<B: Backend> Gateway<B> {
    /// A gateway with nothing in the making and a full bucket.
    pub fn new(limits: Limits, backend: B) -> Self {
        Self {
            at_most: limits.at_most.get(),
            patience: limits.patience,
            in_the_making: AtomicUsize::new(0),
            rate: Mutex::new(Rate {
                burst: limits.burst.get(),
                every: Duration::from_millis(limits.every_ms.get()),
                full: Instant::now(),
            }),
            backend,
        }
    }

    /// Has a request made, or says why not.
    pub async fn handle(&self, request: Request) -> Status {
        let Some(_place) = Place::take(&self.in_the_making, self.at_most) else {
            return Status::Busy;
        };
        if !self.rate.lock().unwrap().take() {
            return Status::TooMany;
        }
        let patience = request
            .patience
            .map_or(self.patience, |less| less.min(self.patience));
        let both = async {
            let record = self.backend.fetch(request.order).await?;
            self.backend.render(record).await
        };
        match time::timeout(patience, recovered(both)).await {
            Ok(Some(Ok(made))) => Status::Done(made),
            Ok(_) => Status::Failed,
            Err(_) => Status::TimedOut,
        }
    }
}

/// What a future returns, unless it panics.
async fn recovered<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| {
        catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)))
            .map_or(Poll::Ready(None), |polled| polled.map(Some))
    })
    .await
}

/// A place that is given back when this is dropped.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(count: &'a AtomicUsize, at_most: usize) -> Option<Self> {
        let one_more = |taken| (taken < at_most).then_some(taken + 1);
        count
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_more)
            .is_ok()
            .then(|| Self(count))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// One moment instead of a bucket: when it would be full again.
struct Rate {
    burst: u32,
    every: Duration,
    full: Instant,
}

impl Rate {
    fn take(&mut self) -> bool {
        let now = Instant::now();
        let full = self.full.max(now) + self.every;
        let allowed = full - now <= self.every * self.burst;
        if allowed {
            self.full = full;
        }
        allowed
    }
}
