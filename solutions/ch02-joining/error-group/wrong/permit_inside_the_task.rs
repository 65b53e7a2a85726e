//! Wrong: each task waits for its place itself, so all of them are in memory, and `add` never waits.
//! Caught by: an_add_waits_for_a_place_and_no_longer

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::{Id, JoinSet};
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
    places: Arc<Semaphore>,
    /// Each returns nothing if it was stopped.
    tasks: JoinSet<Option<Result<(), E>>>,
    stop: CancellationToken,
    added: usize,
    /// The tasks that are not joined yet, as they were counted when they were added.
    numbers: HashMap<Id, usize>,
    failures: BTreeMap<usize, Failure<E>>,
}

impl<E: Send + 'static> ErrorGroup<E> {
    /// An empty group, of which at most `at_most` tasks run at the same time.
    #[must_use]
    pub fn new(at_most: NonZeroUsize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(at_most.get())),
            tasks: JoinSet::new(),
            stop: CancellationToken::new(),
            added: 0,
            numbers: HashMap::new(),
            failures: BTreeMap::new(),
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
        if self.stop.is_cancelled() {
            return Err(Refused);
        }
        let (stop, places) = (self.stop.clone(), Arc::clone(&self.places));
        let started = self.tasks.spawn(async move {
            let failing = stop.clone().drop_guard();
            let end = stop
                .run_until_cancelled(async {
                    let _place = places.acquire().await;
                    task.await
                })
                .await;
            if matches!(end, Some(Ok(()))) {
                failing.disarm();
            }
            end
        });
        self.numbers.insert(started.id(), self.added);
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
        if self.failures.is_empty() {
            Ok(())
        } else {
            Err(self.failures.into_values().collect())
        }
    }

    /// Waits until any task is over, and notes its failure.
    async fn join_one(&mut self) {
        let (id, failure) = match self.tasks.join_next_with_id().await {
            None => return,
            Some(Ok((id, Some(Err(error))))) => (id, Some(Failure::Error(error))),
            Some(Ok((id, _))) => (id, None),
            Some(Err(panic)) => (panic.id(), Some(Failure::Panicked)),
        };
        let number = self.numbers.remove(&id).expect("each task has a number");
        if let Some(failure) = failure {
            self.failures.insert(number, failure);
        }
    }
}
