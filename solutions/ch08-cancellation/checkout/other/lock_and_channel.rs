//! That its caller has gone, the task learns from a channel that breaks off. Whoever holds the lock for
//! reading is not done, and a shutdown wants to write.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::select;
use tokio::sync::{RwLock, oneshot, watch};
use tokio::time::timeout;

/// What a step does, or what takes it back.
pub type Action<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A step of a checkout.
pub struct Step {
    /// What it is called when it fails.
    pub name: &'static str,
    /// Does it. The error says why not.
    pub run: Action<Result<(), String>>,
    /// Takes it back.
    pub undo: Action<()>,
}

/// Why a checkout came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// This step returned this error.
    Failed(&'static str, String),
    /// This step panicked.
    Panicked(&'static str),
    /// The desk was shut down.
    Closed,
}

/// Where checkouts are made.
pub struct Desk {
    patience: Duration,
    closing: watch::Sender<bool>,
    /// Read by every checkout until nothing of it is left to be taken back.
    open: Arc<RwLock<()>>,
}

impl Desk {
    /// A desk that gives each `undo` that much time.
    #[must_use]
    pub fn open(patience: Duration) -> Self {
        Self {
            patience,
            closing: watch::Sender::new(false),
            open: Arc::default(),
        }
    }

    /// Runs the steps, and takes them back unless all succeed.
    ///
    /// # Errors
    /// What happened, when everything is taken back.
    ///
    /// # Panics
    /// Outside a runtime.
    pub async fn checkout(&self, steps: Vec<Step>) -> Result<(), Failure> {
        let mut closing = self.closing.subscribe();
        let Ok(open) = Arc::clone(&self.open).try_read_owned() else {
            return Err(Failure::Closed);
        };
        if *closing.borrow() {
            return Err(Failure::Closed);
        }
        let patience = self.patience;
        let (caller, mut gone) = oneshot::channel::<()>();
        let (answer, answered) = oneshot::channel();
        tokio::spawn(async move {
            let mut undos = Vec::new();
            let running = all(steps, &mut undos);
            let end = select! {
                biased;
                _ = closing.wait_for(|closing| *closing) => Err(Failure::Closed),
                _ = &mut gone => Err(Failure::Closed),
                end = running => end,
            };
            if end.is_err() {
                while let Some(undo) = undos.pop() {
                    let _ = timeout(patience, caught(undo)).await;
                }
            }
            drop(open);
            let _ = answer.send(end);
        });
        let end = answered.await;
        drop(caller);
        end.unwrap_or(Err(Failure::Closed))
    }

    /// Lets no step begin any more, and waits until nothing is left to be taken back.
    pub async fn shutdown(&self) {
        self.closing.send_replace(true);
        drop(self.open.write().await);
    }
}

async fn all(steps: Vec<Step>, undos: &mut Vec<Action<()>>) -> Result<(), Failure> {
    for Step { name, run, undo } in steps {
        undos.push(undo);
        match caught(run).await {
            Some(Ok(())) => {}
            Some(Err(reason)) => {
                undos.pop();
                return Err(Failure::Failed(name, reason));
            }
            None => return Err(Failure::Panicked(name)),
        }
    }
    Ok(())
}

/// What an action comes to; `None` if it panics.
async fn caught<T>(mut action: Action<T>) -> Option<T> {
    std::future::poll_fn(|cx| {
        let poll = AssertUnwindSafe(|| action.as_mut().poll(cx));
        match catch_unwind(poll) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Some(output)),
            Err(_) => Poll::Ready(None),
        }
    })
    .await
}
