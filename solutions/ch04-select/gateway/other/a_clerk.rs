//! A task owns the bucket and all that is in the making, and decides alone; so nothing is locked. A
//! client sends it a request and waits for the answer. His guard tells the work when he goes away.

use std::collections::HashMap;
use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

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
    backend: Arc<B>,
    desk: mpsc::UnboundedSender<Asked<B>>,
}

struct Asked<B> {
    backend: Arc<B>,
    order: String,
    deadline: Instant,
    gone: CancellationToken,
    answer: oneshot::Sender<Status>,
}

impl<B: Backend> Gateway<B> {
    /// A gateway with nothing in the making and a full bucket.
    pub fn new(limits: Limits, backend: B) -> Self {
        let (desk, inbox) = mpsc::unbounded_channel();
        tokio::spawn(clerk(limits, inbox));
        Self {
            patience: limits.patience,
            backend: Arc::new(backend),
            desk,
        }
    }

    /// Has a request made, or says why not.
    pub async fn handle(&self, request: Request) -> Status {
        let patience = request.patience.unwrap_or(self.patience).min(self.patience);
        let gone = CancellationToken::new();
        let (answer, status) = oneshot::channel();
        let asked = Asked {
            backend: Arc::clone(&self.backend),
            order: request.order,
            deadline: Instant::now() + patience,
            gone: gone.clone(),
            answer,
        };
        let _guard = gone.drop_guard();
        let _ = self.desk.send(asked);
        status.await.unwrap_or(Status::Failed)
    }
}

async fn clerk<B: Backend>(limits: Limits, mut inbox: mpsc::UnboundedReceiver<Asked<B>>) {
    let mut bucket = Bucket::full(&limits);
    let mut making = JoinSet::new();
    let mut answers = HashMap::new();
    loop {
        tokio::select! {
            // What is over makes room before somebody new is looked at.
            biased;
            Some(made) = making.join_next_with_id() => {
                let (id, status) = made.unwrap_or_else(|panic| (panic.id(), Status::Failed));
                let answer: Option<oneshot::Sender<_>> = answers.remove(&id);
                answer.map(|answer| answer.send(status));
            }
            asked = inbox.recv() => {
                let Some(asked) = asked else { break };
                if making.len() == limits.at_most.get() {
                    let _ = asked.answer.send(Status::Busy);
                } else if !bucket.take() {
                    let _ = asked.answer.send(Status::TooMany);
                } else {
                    let work = make(asked.backend, asked.order, asked.deadline, asked.gone);
                    answers.insert(making.spawn(work).id(), asked.answer);
                }
            }
        }
    }
}

async fn make<B: Backend>(
    backend: Arc<B>,
    order: String,
    deadline: Instant,
    gone: CancellationToken,
) -> Status {
    let both = async {
        let record = backend.fetch(order).await?;
        backend.render(record).await
    };
    match gone
        .run_until_cancelled(time::timeout_at(deadline, both))
        .await
    {
        Some(Ok(Ok::<_, String>(made))) => Status::Done(made),
        Some(Err(_)) => Status::TimedOut,
        _ => Status::Failed,
    }
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
