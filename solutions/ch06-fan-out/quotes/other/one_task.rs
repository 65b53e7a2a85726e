//! Futures in one task. Nothing has to be joined: who is dropped is not asked any more. The token
//! is one of them, and is looked at first.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
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
    let (mut prices, mut failures) = (Vec::new(), Vec::new());
    let mut asked = FuturesUnordered::new();
    let mut is_begun = false;
    loop {
        if cancel.is_cancelled() {
            return Err(NoResult::Cancelled);
        }
        match settled(strategy, suppliers.len(), prices.len(), failures.len()) {
            Some(Settled::Unmet) => return Err(NoResult::Unmet(named(&suppliers, failures))),
            Some(Settled::Met) => {
                let (prices, failures) = (named(&suppliers, prices), named(&suppliers, failures));
                return Ok(Answers { prices, failures });
            }
            None => {}
        }
        if !is_begun {
            is_begun = true;
            for (number, supplier) in suppliers.iter().enumerate() {
                let asking = caught(ask(supplier.clone()));
                asked.push(async move { (number, asking.await) });
            }
        }
        match cancel.run_until_cancelled(asked.next()).await.flatten() {
            Some((number, Some(Ok(price)))) => prices.push((number, price)),
            Some((number, Some(Err(error)))) => failures.push((number, Failure::Error(error))),
            Some((number, None)) => failures.push((number, Failure::Panicked)),
            None => {}
        }
    }
}

/// What a future comes to, or nothing if it panics.
async fn caught<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Some),
            Err(_) => Poll::Ready(None),
        },
    )
    .await
}

/// In the order of the list, with the names of the suppliers.
fn named<T>(suppliers: &[String], mut answers: Vec<(usize, T)>) -> Vec<(String, T)> {
    answers.sort_by_key(|(number, _)| *number);
    let answers = answers.into_iter();
    answers
        .map(|(number, answer)| (suppliers[number].clone(), answer))
        .collect()
}
