//! # Checkout
//!
//! A checkout reserves goods, charges a card, and books a courier, with three services that know nothing
//! of each other. If it does not come to its end, what was done has to be taken back. A guide does its
//! clean-up in Go with a fresh context, behind the work and without `defer`: a panic passes it by. In Rust
//! there is one more way past it: whoever has called the checkout drops it.
//!
//! Below is a port. It is nearly right.
//!
//! The rules:
//!
//! - The steps of a checkout are run one after the other. If all of them succeed, it has succeeded,
//!   and nothing is taken back.
//! - If a step fails or panics, no further step is run. What was done is *taken back*, and then the checkout
//!   returns what happened.
//! - If the checkout is dropped, the step that runs is dropped, no further step is run, and what was done is
//!   taken back all the same, though nobody waits for it. It is dropped at any time: also while it is
//!   being taken back.
//! - A step that has returned an error has done nothing. One that was dropped or has panicked may have done
//!   anything: it is taken back too. One that has not begun, that is, was never polled, is not.
//! - Taking back begins with the step that was run last, and ends with the first. It begins when the last
//!   step that was run has ended or is dropped. One `undo` is run at a time, and each at most once.
//! - An `undo` has `patience` from its begin. If it is not over by then, it is dropped, and the next is run.
//!   So it goes also if it panics. Nothing else cuts it off.
//! - From when `shutdown` is called, no step begins: a checkout that is underway is stopped as if it had been
//!   dropped, and returns `Closed` when all is taken back; one that has not begun returns it at once. What
//!   is being taken back goes on. `shutdown` returns when nothing is left to be taken back. It may be called
//!   again, at the same time or later, and does the same. If a call is dropped half-way, it has begun the
//!   shutdown nevertheless.
//! - A desk that is dropped cuts no taking back short.
//!
//! You may change everything in this file but the signatures of what is public.

use std::pin::Pin;
use std::time::Duration;

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

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
    undoing: TaskTracker,
    closing: CancellationToken,
}

impl Desk {
    /// A desk that gives each `undo` that much time.
    #[must_use]
    pub fn open(patience: Duration) -> Self {
        Self {
            patience,
            undoing: TaskTracker::new(),
            closing: CancellationToken::new(),
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
        let mut done = Vec::new();
        let end = self.run(steps, &mut done).await;
        if end.is_err() {
            let patience = self.patience;
            let undoing = self.undoing.spawn(async move {
                for undo in done.into_iter().rev() {
                    let _ = timeout(patience, undo).await;
                }
            });
            let _ = undoing.await;
        }
        end
    }

    /// Lets no step begin any more, and waits until nothing is left to be taken back.
    pub async fn shutdown(&self) {
        self.closing.cancel();
        self.undoing.close();
        self.undoing.wait().await;
    }

    async fn run(&self, steps: Vec<Step>, done: &mut Vec<Action<()>>) -> Result<(), Failure> {
        for Step { name, run, undo } in steps {
            match self.closing.run_until_cancelled(tokio::spawn(run)).await {
                Some(Ok(Ok(()))) => done.push(undo),
                Some(Ok(Err(reason))) => return Err(Failure::Failed(name, reason)),
                Some(Err(_)) => return Err(Failure::Panicked(name)),
                None => return Err(Failure::Closed),
            }
        }
        Ok(())
    }
}
