//! Wrong: a task returns its number with its error. One that panics returns none, and is reported after all others.
//! Caught by: panics_and_errors_are_reported_in_one_order

use std::collections::BTreeMap;
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
    /// Each returns nothing if it was stopped, and otherwise its number and how it ended.
    tasks: JoinSet<Option<(usize, Result<(), E>)>>,
    stop: CancellationToken,
    added: usize,
    failures: BTreeMap<usize, Failure<E>>,
    panics: usize,
}

impl<E: Send + 'static> ErrorGroup<E> {
    /// An empty group, of which at most `at_most` tasks run at the same time.
    #[must_use]
    pub fn new(at_most: NonZeroUsize) -> Self {
        Self {
            at_most,
            tasks: JoinSet::new(),
            stop: CancellationToken::new(),
            added: 0,
            failures: BTreeMap::new(),
            panics: 0,
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
        let (stop, number) = (self.stop.clone(), self.added);
        self.tasks.spawn(async move {
            let failing = stop.clone().drop_guard();
            let end = stop.run_until_cancelled(task).await;
            if matches!(end, Some(Ok(()))) {
                failing.disarm();
            }
            end.map(|end| (number, end))
        });
        self.added += 1;
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
        let mut failures: Vec<_> = self.failures.into_values().collect();
        failures.extend((0..self.panics).map(|_| Failure::Panicked));
        if failures.is_empty() {
            Ok(())
        } else {
            Err(failures)
        }
    }

    /// Waits until any task is over, and notes its failure.
    async fn join_one(&mut self) {
        match self.tasks.join_next().await {
            Some(Ok(Some((number, Err(error))))) => {
                self.failures.insert(number, Failure::Error(error));
            }
            Some(Err(_panic)) => self.panics += 1,
            _ => {}
        }
    }
}
