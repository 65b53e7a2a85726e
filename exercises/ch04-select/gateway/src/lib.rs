//! # Gateway
//!
//! A gateway stands before a slow service. It lets in what the service can bear and answers
//! everybody else at once. In Go this is a handler with a counter, a ticker and a
//! `context.WithTimeout`. Without HTTP, what is left of it is the part that is hard to get right.
//!
//! Below is a version for tokio. It is nearly right.
//!
//! The rules:
//!
//! - A request is made in two stages: what [`Backend::fetch`] returns is given to
//!   [`Backend::render`], and the answer is [`Status::Done`]. Requests are made at the same time.
//! - At most `at_most` requests are in the making. One more is [`Status::Busy`], at once.
//! - There is a bucket of tokens; to make a request takes one of them, whatever comes of it. It holds
//!   `burst` tokens at the beginning, and never more. While it is not full it gains one every
//!   `every_ms`, on the dot, however often or seldom somebody asks. A request for which there is no
//!   token is [`Status::TooMany`], at once.
//! - A request that is refused takes neither a place nor a token, and the backend hears nothing of
//!   it. If there is neither place nor token, either answer is right.
//! - A request has `patience` to be made, both stages together, counted from the call of `handle`.
//!   It may ask for less, but not for more. When the time is over it is [`Status::TimedOut`].
//! - A stage that returns an error or panics makes the request [`Status::Failed`], and harms no
//!   other.
//! - When `handle` has answered, its place is free again, and its work does nothing any more. When
//!   the caller goes away, that is, drops the future of `handle`, both hold as well, before any
//!   time has passed.
//!
//! You may change everything in this file but what is public.

use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
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
    limits: Limits,
    in_the_making: AtomicUsize,
    bucket: Mutex<Bucket>,
    backend: Arc<B>,
}

/// How many tokens there are, and when that was reckoned.
struct Bucket {
    tokens: u64,
    reckoned: Instant,
}

impl<B: Backend> Gateway<B> {
    /// A gateway with nothing in the making and a full bucket.
    pub fn new(limits: Limits, backend: B) -> Self {
        let bucket = Bucket {
            tokens: limits.burst.get().into(),
            reckoned: Instant::now(),
        };
        Self {
            limits,
            in_the_making: AtomicUsize::new(0),
            bucket: Mutex::new(bucket),
            backend: Arc::new(backend),
        }
    }

    /// Has a request made, or says why not.
    pub async fn handle(&self, request: Request) -> Status {
        if !self.take_token() {
            return Status::TooMany;
        }
        if self.in_the_making.fetch_add(1, Ordering::SeqCst) >= self.limits.at_most.get() {
            self.in_the_making.fetch_sub(1, Ordering::SeqCst);
            return Status::Busy;
        }
        let patience = request.patience.unwrap_or(self.limits.patience);
        let backend = Arc::clone(&self.backend);
        let work = tokio::spawn(async move {
            let record = backend.fetch(request.order).await?;
            backend.render(record).await
        });
        let status = match time::timeout(patience, work).await {
            Ok(Ok(Ok(made))) => Status::Done(made),
            Ok(_) => Status::Failed,
            Err(_) => Status::TimedOut,
        };
        self.in_the_making.fetch_sub(1, Ordering::SeqCst);
        status
    }

    fn take_token(&self) -> bool {
        let mut bucket = self.bucket.lock().unwrap();
        let now = Instant::now();
        let passed = (now - bucket.reckoned).as_millis() as u64;
        let burst = u64::from(self.limits.burst.get());
        bucket.tokens = burst.min(bucket.tokens + passed / self.limits.every_ms);
        bucket.reckoned = now;
        let taken = bucket.tokens > 0;
        bucket.tokens -= u64::from(taken);
        taken
    }
}
