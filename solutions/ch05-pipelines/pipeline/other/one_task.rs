//! Right: one task holds a future for each stage, and polls them side by side.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use futures::StreamExt;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// What goes through: a line of a report.
pub type Item = String;

/// What a stage does with an item.
pub type Work =
    Box<dyn FnMut(Item) -> Pin<Box<dyn Future<Output = Result<Item, String>> + Send>> + Send>;

/// A stage of a pipeline.
pub struct Stage {
    /// What it is called.
    pub name: &'static str,
    /// What it does.
    pub work: Work,
}

/// Why a pipeline did not end well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A stage returned this error.
    Failed(&'static str, String),
    /// A stage panicked.
    Panicked(&'static str),
    /// The time was over.
    TimedOut,
}

/// Where items are put in. Clones lead to the same pipeline.
#[derive(Clone)]
pub struct Input {
    to: mpsc::Sender<Item>,
    closing: CancellationToken,
}

/// Where items come out.
pub struct Output {
    from: mpsc::Receiver<Item>,
}

/// A pipeline that runs.
pub struct Pipeline {
    closing: CancellationToken,
    limit: watch::Sender<Option<Duration>>,
    end: AbortOnDropHandle<Result<(), Failure>>,
}

impl Pipeline {
    /// Starts the stages, with so much room before, between and behind them.
    ///
    /// # Panics
    /// If there is no stage, or no room, or outside a runtime.
    pub fn start(stages: Vec<Stage>, room: usize) -> (Input, Output, Self) {
        assert!(!stages.is_empty(), "a pipeline has stages");
        let closing = CancellationToken::new();
        let (to, first) = mpsc::channel(room);
        let (limit, mut limited) = watch::channel(None);
        // Between those who put and the first stage: it hands on until it is to close.
        let (mut from, mut running) = (first, FuturesUnordered::new());
        let mut closes = Some(closing.clone());
        for stage in stages {
            let (next, out) = mpsc::channel(room);
            running.push(stage.run(from, next, closes.take()));
            from = out;
        }
        let looking_after = async move {
            let all = async {
                while let Some(end) = running.next().await {
                    end?;
                }
                Ok(())
            };
            let passed = async {
                let limit = *limited.wait_for(Option::is_some).await.ok()?;
                tokio::time::sleep(limit?).await;
                Some(())
            };
            tokio::select! {
                biased;
                end = all => end,
                Some(()) = passed => Err(Failure::TimedOut),
            }
        };
        let pipeline = Self {
            closing: closing.clone(),
            limit,
            end: AbortOnDropHandle::new(tokio::spawn(looking_after)),
        };
        (Input { to, closing }, Output { from }, pipeline)
    }

    /// Accepts no more items and lets those that were accepted come out, for at most so long.
    ///
    /// # Errors
    /// If a stage failed, or the time was over.
    pub async fn shutdown(self, limit: Duration) -> Result<(), Failure> {
        self.limit.send_replace(Some(limit));
        self.closing.cancel();
        self.end.await.expect("a panic of a stage is caught")
    }
}

impl Stage {
    /// Works until there is nothing more to do.
    fn run(
        mut self,
        mut from: mpsc::Receiver<Item>,
        to: mpsc::Sender<Item>,
        closes: Option<CancellationToken>,
    ) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(async move {
            let mut closes = closes;
            loop {
                let closed = async {
                    match &closes {
                        Some(closes) => closes.cancelled().await,
                        None => std::future::pending().await,
                    }
                };
                let item = tokio::select! {
                    biased;
                    () = closed => {
                        from.close();
                        closes = None;
                        continue;
                    }
                    item = from.recv() => item,
                };
                let Some(item) = item else {
                    return Ok(());
                };
                let name = self.name;
                let mut working = pin!(async { (self.work)(item).await });
                let worked = poll_fn(|context| {
                    let poll = AssertUnwindSafe(|| working.as_mut().poll(context));
                    match catch_unwind(poll) {
                        Ok(poll) => poll.map_err(|error| Failure::Failed(name, error)),
                        Err(_) => Poll::Ready(Err(Failure::Panicked(name))),
                    }
                });
                let item = worked.await?;
                if to.send(item).await.is_err() {
                    return Ok(());
                }
            }
        })
    }
}

impl Input {
    /// Puts an item in, as soon as there is room.
    ///
    /// # Errors
    /// Gives the item back if the pipeline accepts nothing any more.
    pub async fn put(&self, item: Item) -> Result<(), Item> {
        tokio::select! {
            biased;
            () = self.closing.cancelled() => Err(item),
            place = self.to.reserve() => match place {
                Ok(place) => {
                    place.send(item);
                    Ok(())
                }
                Err(_) => Err(item),
            },
        }
    }
}

impl Output {
    /// The next item; `None` when there will be no more.
    pub async fn next(&mut self) -> Option<Item> {
        self.from.recv().await
    }
}
