//! A task puts a token into the bucket at every tick, as long as there is a gateway. Bucket and
//! places are semaphores; a token that is taken is forgotten, a place is given back.

use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
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
    places: Semaphore,
    tokens: Arc<Semaphore>,
    backend: Arc<B>,
    _refill: AbortOnDropHandle<()>,
}

impl<B: Backend> Gateway<B> {
    /// A gateway with nothing in the making and a full bucket.
    pub fn new(limits: Limits, backend: B) -> Self {
        let burst = limits.burst.get() as usize;
        let tokens = Arc::new(Semaphore::new(burst));
        let every = Duration::from_millis(limits.every_ms.get());
        let refill = tokio::spawn(refill(Arc::clone(&tokens), burst, every));
        Self {
            patience: limits.patience,
            places: Semaphore::new(limits.at_most.get()),
            tokens,
            backend: Arc::new(backend),
            _refill: AbortOnDropHandle::new(refill),
        }
    }

    /// Has a request made, or says why not.
    pub async fn handle(&self, request: Request) -> Status {
        let deadline =
            Instant::now() + request.patience.unwrap_or(self.patience).min(self.patience);
        let Ok(_place) = self.places.try_acquire() else {
            return Status::Busy;
        };
        let Ok(token) = self.tokens.try_acquire() else {
            return Status::TooMany;
        };
        token.forget();
        let backend = Arc::clone(&self.backend);
        let mut work = JoinSet::new();
        work.spawn(async move {
            let record = backend.fetch(request.order).await?;
            backend.render(record).await
        });
        let status = match time::timeout_at(deadline, work.join_next()).await {
            Ok(Some(Ok(Ok::<_, String>(made)))) => Status::Done(made),
            Ok(_) => Status::Failed,
            Err(_) => Status::TimedOut,
        };
        work.shutdown().await;
        status
    }
}

async fn refill(tokens: Arc<Semaphore>, burst: usize, every: Duration) {
    let mut due = time::interval_at(Instant::now() + every, every);
    loop {
        due.tick().await;
        if tokens.available_permits() < burst {
            tokens.add_permits(1);
        }
    }
}
