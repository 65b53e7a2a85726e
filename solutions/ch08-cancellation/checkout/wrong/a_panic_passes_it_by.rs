//! Wrong: polls the steps itself: a panic passes the clean-up by, as without `defer`.
//! Caught by: a_step_that_panicked_is_taken_back_too

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;
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
    checkouts: TaskTracker,
    closing: CancellationToken,
}

impl Desk {
    /// A desk that gives each `undo` that much time.
    #[must_use]
    pub fn open(patience: Duration) -> Self {
        Self {
            patience,
            checkouts: TaskTracker::new(),
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
        let stop = self.closing.child_token();
        let conducted = conduct(steps, self.patience, stop.clone());
        let conducted = self.checkouts.spawn(conducted);
        let _caller = stop.drop_guard();
        conducted.await.expect("the panics of steps are caught")
    }

    /// Lets no step begin any more, and waits until nothing is left to be taken back.
    pub async fn shutdown(&self) {
        self.closing.cancel();
        self.checkouts.close();
        self.checkouts.wait().await;
    }
}

async fn conduct(
    steps: Vec<Step>,
    patience: Duration,
    stop: CancellationToken,
) -> Result<(), Failure> {
    let mut begun = Vec::new();
    let end = run(steps, &stop, &mut begun).await;
    if end.is_err() {
        while let Some(undo) = begun.pop() {
            // Too slow or panicked: nothing more can be done about it here.
            let _ = timeout(patience, caught(undo)).await;
        }
    }
    end
}

async fn run(
    steps: Vec<Step>,
    stop: &CancellationToken,
    begun: &mut Vec<Action<()>>,
) -> Result<(), Failure> {
    for Step { name, run, undo } in steps {
        let step = async {
            begun.push(undo);
            Some(run.await)
        };
        match stop.run_until_cancelled(step).await {
            Some(Some(Ok(()))) => {}
            Some(Some(Err(reason))) => {
                begun.pop();
                return Err(Failure::Failed(name, reason));
            }
            Some(None) => return Err(Failure::Panicked(name)),
            None => return Err(Failure::Closed),
        }
    }
    Ok(())
}

/// What an action comes to; `None` if it panics. It is polled here, so that it is gone when it is dropped.
async fn caught<T>(mut action: Action<T>) -> Option<T> {
    poll_fn(|cx| {
        let poll = AssertUnwindSafe(|| action.as_mut().poll(cx));
        match catch_unwind(poll) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Some(output)),
            Err(_) => Poll::Ready(None),
        }
    })
    .await
}
