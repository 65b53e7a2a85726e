//! The tasks know of each other: whichever fails aborts all others. No token is involved, and no task
//! watches for anything.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::{AbortHandle, JoinError, JoinSet};

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
    at_most: NonZeroUsize,
    tasks: JoinSet<()>,
    shared: Arc<Mutex<Shared<E>>>,
    added: usize,
}

struct Shared<E> {
    failures: Vec<(usize, Failure<E>)>,
    running: Vec<AbortHandle>,
}

fn lock<E>(shared: &Mutex<Shared<E>>) -> MutexGuard<'_, Shared<E>> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The note that a task fails with, unless it is told otherwise.
struct Note<E> {
    number: usize,
    failure: Option<Failure<E>>,
    shared: Arc<Mutex<Shared<E>>>,
    begun: bool,
}

impl<E> Drop for Note<E> {
    fn drop(&mut self) {
        if !self.begun {
            return;
        }
        let panicked = std::thread::panicking().then_some(Failure::Panicked);
        if let Some(failure) = self.failure.take().or(panicked) {
            let mut shared = lock(&self.shared);
            shared.failures.push((self.number, failure));
            shared.running.iter().for_each(AbortHandle::abort);
        }
    }
}

impl<E: Send + 'static> ErrorGroup<E> {
    /// An empty group, of which at most `at_most` tasks run at the same time.
    #[must_use]
    pub fn new(at_most: NonZeroUsize) -> Self {
        let shared = Shared {
            failures: Vec::new(),
            running: Vec::new(),
        };
        Self {
            at_most,
            tasks: JoinSet::new(),
            shared: Arc::new(Mutex::new(shared)),
            added: 0,
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
        while self.tasks.len() >= self.at_most.get() {
            let _: Option<Result<(), JoinError>> = self.tasks.join_next().await;
        }
        if !lock(&self.shared).failures.is_empty() {
            return Err(Refused);
        }
        let mut note = Note {
            number: self.added,
            failure: None,
            shared: Arc::clone(&self.shared),
            begun: false,
        };
        let started = self.tasks.spawn(async move {
            note.begun = true;
            note.failure = task.await.err().map(Failure::Error);
        });
        self.added += 1;
        // It may have failed by now, or another one: then nobody has aborted it.
        let mut shared = lock(&self.shared);
        shared.running.retain(|task| !task.is_finished());
        if !shared.failures.is_empty() {
            started.abort();
        }
        shared.running.push(started);
        Ok(())
    }

    /// Waits until all tasks are over.
    ///
    /// # Errors
    ///
    /// All failures, in the order in which the tasks were added.
    pub async fn wait(mut self) -> Result<(), Vec<Failure<E>>> {
        while self.tasks.join_next().await.is_some() {}
        let mut failures = std::mem::take(&mut lock(&self.shared).failures);
        if failures.is_empty() {
            return Ok(());
        }
        failures.sort_by_key(|(number, _)| *number);
        Err(failures.into_iter().map(|(_, failure)| failure).collect())
    }
}
