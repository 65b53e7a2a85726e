//! Wrong: what ends a request ends its first stage; the second one has a task of its own, which goes on.
//! Caught by: work_of_a_caller_that_has_gone_away_does_nothing_any_more, work_whose_time_is_over_does_nothing_any_more

use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{self, Instant};
use tokio_util::task::AbortOnDropHandle;

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
    patience: Duration,
    places: Arc<Semaphore>,
    tokens: Mutex<Bucket>,
    backend: Arc<B>,
}

impl<B: Backend> Gateway<B> {
    /// A gateway with nothing in the making and a full bucket.
    pub fn new(limits: Limits, backend: B) -> Self {
        Self {
            patience: limits.patience,
            places: Arc::new(Semaphore::new(limits.at_most.get())),
            tokens: Mutex::new(Bucket::full(&limits)),
            backend: Arc::new(backend),
        }
    }

    /// Has a request made, or says why not.
    pub async fn handle(&self, request: Request) -> Status {
        let patience = request.patience.unwrap_or(self.patience).min(self.patience);
        let deadline = Instant::now() + patience;
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            return Status::Busy;
        };
        // Last: whoever has a token is let in. A place that is not used comes back by itself.
        if !self.tokens.lock().unwrap().take() {
            return Status::TooMany;
        }
        let making = make(Arc::clone(&self.backend), request.order);
        let mut work = AbortOnDropHandle::new(tokio::spawn(async move {
            let _place = place;
            making.await
        }));
        match time::timeout_at(deadline, &mut work).await {
            Ok(Ok(Ok(made))) => Status::Done(made),
            Ok(_) => Status::Failed,
            Err(_) => {
                // The place is free when the work is over, and not when it is told to be.
                work.abort();
                let _ = work.await;
                Status::TimedOut
            }
        }
    }
}

/// Both stages.
async fn make<B: Backend>(backend: Arc<B>, order: String) -> Result<String, String> {
    let record = backend.fetch(order).await?;
    let rendering = tokio::spawn(async move { backend.render(record).await });
    rendering.await.expect("no panic in the second stage")
}

/// Tokens, of which there are never more than `burst`.
struct Bucket {
    burst: u64,
    every_ms: u64,
    tokens: u64,
    /// When it gained the last token, or was last seen full.
    since: Instant,
}

impl Bucket {
    fn full(limits: &Limits) -> Self {
        Self {
            burst: limits.burst.get().into(),
            every_ms: limits.every_ms.get(),
            tokens: limits.burst.get().into(),
            since: Instant::now(),
        }
    }

    /// Takes a token, if there is one.
    fn take(&mut self) -> bool {
        self.refill();
        let taken = self.tokens > 0;
        self.tokens -= u64::from(taken);
        taken
    }

    fn refill(&mut self) {
        let every = Duration::from_millis(self.every_ms);
        let mut next = self.since + every;
        while self.tokens < self.burst && next <= Instant::now() {
            self.tokens += 1;
            // What has passed of the next token's time counts.
            self.since = next;
            next += every;
        }
        if self.tokens == self.burst {
            self.since = Instant::now();
        }
    }
}
