//! Wrong: reads all prices and then the failures, whose channel has room for one. A pool in a guide
//! is used like that, and hangs.
//! Caught by: collecting_takes_every_answer, collecting_ends_for_any_mix_of_prices_and_failures

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
    let (priced, mut all_priced) = mpsc::channel(1);
    let (failed, mut all_failed) = mpsc::channel(1);
    let mut asked = JoinSet::new();
    for (number, supplier) in suppliers.iter().enumerate() {
        let asking = tokio_util::task::AbortOnDropHandle::new(tokio::spawn(ask(supplier.clone())));
        let (priced, failed) = (priced.clone(), failed.clone());
        asked.spawn(async move {
            match asking.await {
                Ok(Ok(price)) => drop(priced.send((number, price)).await),
                Ok(Err(error)) => drop(failed.send((number, Failure::Error(error))).await),
                Err(_) => drop(failed.send((number, Failure::Panicked)).await),
            }
        });
    }
    drop((priced, failed));
    let reading = async {
        while let Some(price) = all_priced.recv().await {
            prices.push(price);
        }
        while let Some(failure) = all_failed.recv().await {
            failures.push(failure);
        }
    };
    if cancel.run_until_cancelled(reading).await.is_none() {
        asked.shutdown().await;
        return Err(NoResult::Cancelled);
    }
    let (prices, failures) = (named(&suppliers, prices), named(&suppliers, failures));
    match settled(strategy, suppliers.len(), prices.len(), failures.len()) {
        Some(Settled::Met) => Ok(Answers { prices, failures }),
        _ => Err(NoResult::Unmet(failures)),
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
