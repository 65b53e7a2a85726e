//! # Error group
//!
//! A nightly import reads several catalogues at the same time, and is of no use if one of them cannot
//! be read. In Go this is an `errgroup.Group`: the first error cancels a context, which reaches
//! whoever looks at it, and `Wait` returns that error and drops all others. Groups that collect all of
//! them tend to make one text of them, and then nobody can ask what they were.
//!
//! Below is a group for tokio. It is nearly right.
//!
//! The rules:
//!
//! - [`ErrorGroup::add`] starts a task at once if fewer than `at_most` tasks of the group are
//!   running, and otherwise as soon as one of them is over. It returns when the task is started.
//! - A task fails by returning `Err`, or by a panic. The first failure stops the rest, whether or not
//!   anybody is waiting for the group already: each other task is dropped at its next `.await`.
//! - From then on nothing is started any more. `add` gives [`Refused`], also if it was waiting.
//! - [`ErrorGroup::wait`] returns when all tasks are over. By then those that were stopped are
//!   dropped as well.
//! - `wait` reports *every* failure that happened, each once, in the order in which the tasks were
//!   added. A task that was stopped has not failed.
//! - A group that is dropped leaves nothing running, and neither does a `wait` that is dropped.
//!
//! You may change everything in this file but the signatures of what is public.

use std::num::NonZeroUsize;

use tokio::task::{JoinError, JoinSet};

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
    tasks: JoinSet<Result<(), E>>,
    failures: Vec<Failure<E>>,
}

impl<E: Send + 'static> ErrorGroup<E> {
    /// An empty group, of which at most `at_most` tasks run at the same time.
    #[must_use]
    pub fn new(at_most: NonZeroUsize) -> Self {
        Self {
            at_most,
            tasks: JoinSet::new(),
            failures: Vec::new(),
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
        while self.tasks.len() >= self.at_most.get()
            && let Some(end) = self.tasks.join_next().await
        {
            self.note(end);
        }
        if !self.failures.is_empty() {
            return Err(Refused);
        }
        self.tasks.spawn(task);
        Ok(())
    }

    /// Waits until all tasks are over.
    ///
    /// # Errors
    ///
    /// All failures, in the order in which the tasks were added.
    pub async fn wait(mut self) -> Result<(), Vec<Failure<E>>> {
        while let Some(end) = self.tasks.join_next().await {
            self.note(end);
        }
        if self.failures.is_empty() {
            Ok(())
        } else {
            Err(self.failures)
        }
    }

    fn note(&mut self, end: Result<Result<(), E>, JoinError>) {
        if let Ok(Err(error)) = end {
            self.failures.push(Failure::Error(error));
            self.tasks.abort_all();
        }
    }
}
