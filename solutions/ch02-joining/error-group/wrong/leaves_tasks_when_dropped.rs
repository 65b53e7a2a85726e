//! Wrong: counts tasks and owns none. Dropping the group tells them nothing.
//! Caught by: a_group_that_is_dropped_leaves_nothing_running

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
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
    tasks: HashMap<usize, JoinHandle<Option<Result<(), E>>>>,
    over: (mpsc::UnboundedSender<usize>, mpsc::UnboundedReceiver<usize>),
    stop: CancellationToken,
    added: usize,
    failures: BTreeMap<usize, Failure<E>>,
}

impl<E: Send + 'static> ErrorGroup<E> {
    /// An empty group, of which at most `at_most` tasks run at the same time.
    #[must_use]
    pub fn new(at_most: NonZeroUsize) -> Self {
        Self {
            at_most,
            tasks: HashMap::new(),
            over: mpsc::unbounded_channel(),
            stop: CancellationToken::new(),
            added: 0,
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
        while self.tasks.len() >= self.at_most.get() {
            self.join_one().await;
        }
        if self.stop.is_cancelled() {
            return Err(Refused);
        }
        let (stop, number) = (self.stop.clone(), self.added);
        let over = Over(self.over.0.clone(), number);
        let task = tokio::spawn(async move {
            let _over = over;
            let failing = stop.clone().drop_guard();
            let end = stop.run_until_cancelled(task).await;
            if matches!(end, Some(Ok(()))) {
                failing.disarm();
            }
            end
        });
        self.tasks.insert(number, task);
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
        let number = self.over.1.recv().await.expect("the group has a sender");
        let task = self.tasks.remove(&number).expect("it was added");
        let failure = match task.await {
            Ok(Some(Err(error))) => Failure::Error(error),
            Ok(_) => return,
            Err(_) => Failure::Panicked,
        };
        self.failures.insert(number, failure);
    }
}

/// Says that a task is over, however it ends.
struct Over(mpsc::UnboundedSender<usize>, usize);

impl Drop for Over {
    fn drop(&mut self) {
        // Nobody listens if the group is gone.
        let _ = self.0.send(self.1);
    }
}
