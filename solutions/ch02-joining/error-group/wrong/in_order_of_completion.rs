//! Wrong: reports failures as they come. Two nights with the same failures give two reports.
//! Caught by: every_failure_that_happened_is_reported_in_the_order_of_adding

use std::num::NonZeroUsize;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

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
    /// Each returns nothing if it was stopped.
    tasks: JoinSet<Option<Result<(), E>>>,
    stop: CancellationToken,
    failures: Vec<Failure<E>>,
}

impl<E: Send + 'static> ErrorGroup<E> {
    /// An empty group, of which at most `at_most` tasks run at the same time.
    #[must_use]
    pub fn new(at_most: NonZeroUsize) -> Self {
        Self {
            at_most,
            tasks: JoinSet::new(),
            stop: CancellationToken::new(),
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
        while self.tasks.len() >= self.at_most.get() {
            self.join_one().await;
        }
        if self.stop.is_cancelled() {
            return Err(Refused);
        }
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            let failing = stop.clone().drop_guard();
            let end = stop.run_until_cancelled(task).await;
            if matches!(end, Some(Ok(()))) {
                failing.disarm();
            }
            end
        });
        Ok(())
    }

    /// Waits until all tasks are over.
    ///
    /// # Errors
    ///
    /// All failures, in the order in which the tasks were added.
    pub async fn wait(mut self) -> Result<(), Vec<Failure<E>>> {
        while !self.tasks.is_empty() {
            self.join_one().await;
        }
        if self.failures.is_empty() {
            Ok(())
        } else {
            Err(self.failures)
        }
    }

    /// Waits until any task is over, and notes its failure.
    async fn join_one(&mut self) {
        match self.tasks.join_next().await {
            Some(Ok(Some(Err(error)))) => self.failures.push(Failure::Error(error)),
            Some(Err(_)) => self.failures.push(Failure::Panicked),
            _ => {}
        }
    }
}
