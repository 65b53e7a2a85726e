//! Wrong: is over when no more prices can come, whatever may still lie in the channel of failures.
//! In a guide that lost the error in 107 of 100,000 calls.
//! Caught by: an_error_is_not_lost_among_prices_that_come_with_it

use tokio::select;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// What an error means for the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// All prices are needed: the first failure ends it.
    FirstError,
    /// Every answer is of use, and a failure is one.
    CollectAll,
    /// So many prices are enough.
    AtLeast(usize),
}

/// How a supplier failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure<E> {
    /// It returned this error.
    Error(E),
    /// It panicked.
    Panicked,
}

/// What the suppliers answered, each with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers<T, E> {
    /// The prices, in the order of the list.
    pub prices: Vec<(String, T)>,
    /// The failures, in the order of the list.
    pub failures: Vec<(String, Failure<E>)>,
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoResult<E> {
    /// The strategy cannot be met, because of these failures.
    Unmet(Vec<(String, Failure<E>)>),
    /// Somebody has cancelled it.
    Cancelled,
}

/// What is settled by so many prices and failures, if anything.
enum Settled {
    Met,
    Unmet,
}

fn settled(strategy: Strategy, all: usize, prices: usize, failures: usize) -> Option<Settled> {
    let (needed, is_enough) = match strategy {
        Strategy::FirstError => (all, prices == all),
        Strategy::CollectAll => (0, prices + failures == all),
        Strategy::AtLeast(number) => (number, prices >= number),
    };
    match all - failures {
        left if left < needed => Some(Settled::Unmet),
        _ => is_enough.then_some(Settled::Met),
    }
}

/// Asks all suppliers for a price.
///
/// # Errors
/// If the strategy cannot be met, or if it was cancelled.
pub async fn ask_all<T, E, F, Fut>(
    suppliers: Vec<String>,
    strategy: Strategy,
    cancel: &CancellationToken,
    ask: F,
) -> Result<Answers<T, E>, NoResult<E>>
where
    T: Send + 'static,
    E: Send + 'static,
    F: Fn(String) -> Fut,
    Fut: Future<Output = Result<T, E>> + Send + 'static,
{
    if cancel.is_cancelled() {
        return Err(NoResult::Cancelled);
    }
    let (mut prices, mut failures) = (Vec::new(), Vec::new());
    let (priced, mut all_priced) = mpsc::unbounded_channel();
    let (failed, mut all_failed) = mpsc::unbounded_channel();
    let mut asked = JoinSet::new();
    let mut outcome = settled(strategy, suppliers.len(), 0, 0);
    if outcome.is_none() {
        for (number, supplier) in suppliers.iter().enumerate() {
            let asking =
                tokio_util::task::AbortOnDropHandle::new(tokio::spawn(ask(supplier.clone())));
            let (priced, failed) = (priced.clone(), failed.clone());
            asked.spawn(async move {
                let sent = match asking.await {
                    Ok(Ok(price)) => return drop(priced.send((number, price))),
                    Ok(Err(error)) => failed.send((number, Failure::Error(error))),
                    Err(_) => failed.send((number, Failure::Panicked)),
                };
                drop(sent);
            });
        }
    }
    drop((priced, failed));
    while outcome.is_none() {
        select! {
            () = cancel.cancelled() => {
                asked.shutdown().await;
                return Err(NoResult::Cancelled);
            }
            price = all_priced.recv() => match price {
                Some(price) => prices.push(price),
                None => break,
            },
            Some(failure) = all_failed.recv() => failures.push(failure),
        }
        outcome = settled(strategy, suppliers.len(), prices.len(), failures.len());
    }
    asked.shutdown().await;
    let (prices, failures) = (named(&suppliers, prices), named(&suppliers, failures));
    match outcome {
        Some(Settled::Unmet) => Err(NoResult::Unmet(failures)),
        _ => Ok(Answers { prices, failures }),
    }
}

/// In the order of the list, with the names of the suppliers.
fn named<T>(suppliers: &[String], mut answers: Vec<(usize, T)>) -> Vec<(String, T)> {
    answers.sort_by_key(|(number, _)| *number);
    let answers = answers.into_iter();
    answers
        .map(|(number, answer)| (suppliers[number].clone(), answer))
        .collect()
}
