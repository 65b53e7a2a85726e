//! The steps run where the caller is. A guard has the list of what was done, and when it is dropped it
//! hands it to a task: that is the same for an error, a stop, and a caller who has gone.

use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::select;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

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

/// What a checkout has done, until it is taken back or kept.
struct Done<'a> {
    desk: &'a Desk,
    running: Option<JoinHandle<Result<(), String>>>,
    /// Whether the step that runs was polled. A task that was spawned need not have begun.
    begun: Arc<AtomicBool>,
    undos: Vec<Action<()>>,
    told: Option<oneshot::Sender<()>>,
    /// The desk waits for whoever has one.
    _open: tokio_util::task::task_tracker::TaskTrackerToken,
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
        if self.closing.is_cancelled() {
            return Err(Failure::Closed);
        }
        let (told, all_taken_back) = oneshot::channel();
        let mut done = Done {
            desk: self,
            running: None,
            begun: Arc::default(),
            undos: Vec::new(),
            told: Some(told),
            _open: self.undoing.token(),
        };
        let end = done.run(steps).await;
        if end.is_ok() {
            done.undos.clear();
        }
        drop(done);
        let _ = all_taken_back.await;
        end
    }

    /// Lets no step begin any more, and waits until nothing is left to be taken back.
    pub async fn shutdown(&self) {
        self.closing.cancel();
        self.undoing.close();
        self.undoing.wait().await;
    }
}

impl Done<'_> {
    async fn run(&mut self, steps: Vec<Step>) -> Result<(), Failure> {
        for Step { name, run, undo } in steps {
            if self.desk.closing.is_cancelled() {
                return Err(Failure::Closed);
            }
            self.undos.push(undo);
            self.begun = Arc::default();
            let begun = Arc::clone(&self.begun);
            let running = self.running.insert(tokio::spawn(async move {
                begun.store(true, Ordering::SeqCst);
                run.await
            }));
            let end = select! {
                end = running => end,
                () = self.desk.closing.cancelled() => return Err(Failure::Closed),
            };
            self.running = None;
            match end {
                Ok(Ok(())) => {}
                Ok(Err(reason)) => {
                    self.undos.pop();
                    return Err(Failure::Failed(name, reason));
                }
                Err(_) => return Err(Failure::Panicked(name)),
            }
        }
        Ok(())
    }
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        let (running, mut undos) = (self.running.take(), mem::take(&mut self.undos));
        let begun = Arc::clone(&self.begun);
        let (patience, told) = (self.desk.patience, self.told.take());
        if running.is_none() && undos.is_empty() {
            return;
        }
        self.desk.undoing.spawn(async move {
            if let Some(running) = running {
                running.abort();
                let _ = running.await;
                if !begun.load(Ordering::SeqCst) {
                    undos.pop();
                }
            }
            for undo in undos.into_iter().rev() {
                let mut undoing = AbortOnDropHandle::new(tokio::spawn(undo));
                if timeout(patience, &mut undoing).await.is_err() {
                    undoing.abort();
                    let _ = undoing.await;
                }
            }
            drop(told);
        });
    }
}
