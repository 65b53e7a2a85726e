//! A foreman: one task has all the others in its hands and hears of each end at once. Adding is an order
//! to it, with an answer.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::pin::Pin;

use tokio::sync::{mpsc, oneshot};
use tokio::task::{Id, JoinSet};

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

type Task<E> = Pin<Box<dyn Future<Output = Result<(), E>> + Send>>;
type Order<E> = (Task<E>, oneshot::Sender<Result<(), Refused>>);

/// Tasks that stop together when one of them fails.
pub struct ErrorGroup<E> {
    orders: mpsc::Sender<Order<E>>,
    /// The one who oversees the tasks. Dropping the group ends it, and so its tasks.
    foreman: JoinSet<Vec<Failure<E>>>,
}

/// Starts what is ordered, and stops all of it when a task has failed.
async fn oversee<E: Send + 'static>(
    at_most: usize,
    mut orders: mpsc::Receiver<Order<E>>,
) -> Vec<Failure<E>> {
    let mut tasks = JoinSet::new();
    let mut numbers: HashMap<Id, usize> = HashMap::new();
    let mut failures = BTreeMap::new();
    let mut open = true;
    let mut next: Option<Order<E>> = None;
    loop {
        if let Some((task, answer)) = next.take() {
            if !failures.is_empty() {
                let _ = answer.send(Err(Refused));
            } else if tasks.len() < at_most {
                let number = numbers.len();
                numbers.insert(tasks.spawn(task).id(), number);
                let _ = answer.send(Ok(()));
            } else {
                next = Some((task, answer));
            }
        }
        tokio::select! {
            biased;
            Some(end) = tasks.join_next_with_id() => {
                let failure = match end {
                    Ok((_, Ok(()))) => None,
                    Ok((id, Err(error))) => Some((id, Failure::Error(error))),
                    Err(e) if e.is_panic() => Some((e.id(), Failure::Panicked)),
                    Err(_) => None,
                };
                if let Some((id, failure)) = failure {
                    failures.insert(numbers[&id], failure);
                    tasks.abort_all();
                }
            }
            order = orders.recv(), if open && next.is_none() => {
                match order {
                    Some(order) => next = Some(order),
                    None => open = false,
                }
            }
            else => break,
        }
    }
    failures.into_values().collect()
}

impl<E: Send + 'static> ErrorGroup<E> {
    /// An empty group, of which at most `at_most` tasks run at the same time.
    #[must_use]
    pub fn new(at_most: NonZeroUsize) -> Self {
        let (orders, inbox) = mpsc::channel(1);
        let mut foreman = JoinSet::new();
        foreman.spawn(oversee(at_most.get(), inbox));
        Self { orders, foreman }
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
        let (answer, started) = oneshot::channel();
        let _ = self.orders.send((Box::pin(task), answer)).await;
        started.await.unwrap_or(Err(Refused))
    }

    /// Waits until all tasks are over.
    ///
    /// # Errors
    ///
    /// All failures, in the order in which the tasks were added.
    pub async fn wait(self) -> Result<(), Vec<Failure<E>>> {
        let Self {
            orders,
            mut foreman,
        } = self;
        drop(orders);
        let failures = foreman.join_next().await;
        let failures = failures.expect("there is one").expect("it does not panic");
        if failures.is_empty() {
            Ok(())
        } else {
            Err(failures)
        }
    }
}
