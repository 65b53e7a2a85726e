//! A semaphore for the places, a tracker that counts the tasks, and a list of failures. The group owns
//! no task: dropping it cancels a token, and each task catches its own panic.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use tokio::sync::Semaphore;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

/// How a task failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure<E> {
    /// It returned this error.
    Error(E),
    /// It panicked.
    Panicked,
}

/// A task was not started, since another one has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// Tasks that stop together when one of them fails.
pub struct ErrorGroup<E> {
    places: Arc<Semaphore>,
    tasks: TaskTracker,
    stop: CancellationToken,
    added: usize,
    failures: Arc<Mutex<BTreeMap<usize, Failure<E>>>>,
    _stops_when_dropped: DropGuard,
}

impl<E: Send + 'static> ErrorGroup<E> {
    /// An empty group, of which at most `at_most` tasks run at the same time.
    #[must_use]
    pub fn new(at_most: NonZeroUsize) -> Self {
        let stop = CancellationToken::new();
        Self {
            places: Arc::new(Semaphore::new(at_most.get())),
            tasks: TaskTracker::new(),
            stop: stop.clone(),
            added: 0,
            failures: Arc::default(),
            _stops_when_dropped: stop.drop_guard(),
        }
    }

    /// Starts a task, as soon as there is a place for it.
    ///
    /// # Errors
    ///
    /// If a task of the group has failed, or fails while this waits for a place.
    pub async fn add<Fut>(&mut self, task: Fut) -> Result<(), Refused>
    where
        Fut: Future<Output = Result<(), E>> + Send + 'static,
    {
        let place = Arc::clone(&self.places).acquire_owned().await;
        if self.stop.is_cancelled() {
            return Err(Refused);
        }
        let (stop, failures) = (self.stop.clone(), Arc::clone(&self.failures));
        let number = self.added;
        self.added += 1;
        self.tasks.spawn(async move {
            let failure = match stop.run_until_cancelled(caught(task)).await {
                None | Some(Some(Ok(()))) => None,
                Some(Some(Err(error))) => Some(Failure::Error(error)),
                Some(None) => Some(Failure::Panicked),
            };
            if let Some(failure) = failure {
                failures.lock().unwrap().insert(number, failure);
                stop.cancel();
            }
            drop(place);
        });
        Ok(())
    }

    /// Waits until all tasks are over.
    ///
    /// # Errors
    ///
    /// All failures, in the order in which the tasks were added.
    pub async fn wait(self) -> Result<(), Vec<Failure<E>>> {
        self.tasks.close();
        self.tasks.wait().await;
        let failures = std::mem::take(&mut *self.failures.lock().unwrap());
        if failures.is_empty() {
            Ok(())
        } else {
            Err(failures.into_values().collect())
        }
    }
}

/// What a task returns, or nothing if it panics.
async fn caught<T>(task: impl Future<Output = T>) -> Option<T> {
    let mut task = pin!(task);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| task.as_mut().poll(context))) {
            Ok(poll) => poll.map(Some),
            Err(_) => Poll::Ready(None),
        },
    )
    .await
}
