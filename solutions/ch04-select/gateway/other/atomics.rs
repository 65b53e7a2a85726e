//! Nothing is locked: two atomic numbers count the places and the tokens that are gone. The answer comes
//! through a channel, and its silence means that the work panicked.

use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::AbortHandle;
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
    opened: Instant,
    /// How many tokens were taken, or came when the bucket was full.
    gone: AtomicU64,
    places: Arc<AtomicUsize>,
    backend: Arc<B>,
}

struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_add(1, SeqCst);
    }
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<B: Backend> Gateway<B> {
    /// A gateway with nothing in the making and a full bucket.
    pub fn new(limits: Limits, backend: B) -> Self {
        Self {
            opened: Instant::now(),
            gone: AtomicU64::new(0),
            places: Arc::new(AtomicUsize::new(limits.at_most.get())),
            backend: Arc::new(backend),
            limits,
        }
    }

    /// Has a request made, or says why not.
    pub async fn handle(&self, request: Request) -> Status {
        let begin = Instant::now();
        if self
            .places
            .try_update(SeqCst, SeqCst, |places| places.checked_sub(1))
            .is_err()
        {
            return Status::Busy;
        }
        let place = Place(Arc::clone(&self.places));
        if !self.take_token(begin) {
            return Status::TooMany;
        }
        let patience = request
            .patience
            .unwrap_or(Duration::MAX)
            .min(self.limits.patience);
        let backend = Arc::clone(&self.backend);
        let (answer, heard) = oneshot::channel();
        let task = tokio::spawn(async move {
            let made = async {
                let record = backend.fetch(request.order).await?;
                backend.render(record).await
            };
            let _ = answer.send(made.await);
        });
        let _abort = AbortOnDrop(task.abort_handle());
        let status = match time::timeout_at(begin + patience, heard).await {
            Ok(Ok(Ok::<_, String>(made))) => Status::Done(made),
            Ok(_) => Status::Failed,
            Err(_) => Status::TimedOut,
        };
        drop(place);
        status
    }

    fn take_token(&self, now: Instant) -> bool {
        let gained = (now - self.opened).as_millis() as u64 / self.limits.every_ms.get();
        let burst = u64::from(self.limits.burst.get());
        // In the bucket are `burst + gained - gone`, and never more than `burst`.
        self.gone
            .try_update(SeqCst, SeqCst, |gone| {
                let gone = gone.max(gained);
                (gone < burst + gained).then_some(gone + 1)
            })
            .is_ok()
    }
}
