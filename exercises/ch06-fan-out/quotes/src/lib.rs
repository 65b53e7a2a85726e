//! # Quotes
//!
//! A shop asks many suppliers for a price, all at the same time. What it means if one of them fails is
//! for the shop to say: nothing is of use without all of them; or every answer is; or three are enough.
//! A guide shows five ways to do that in Go, each a function of its own. In the one that cancels at the
//! first error, the error was lost in 107 of 100,000 calls, because the results were over first. In the
//! one with an `errgroup`, workers that hear the cancel report success: 58 of 100 results, and no error.
//!
//! Below is one function for all of it. It is nearly right.
//!
//! The rules, in which a supplier *fails* if its `ask` returns `Err`, and also if it panics:
//!
//! - All suppliers are asked at the same time, each once, also if the same name is in the list twice.
//! - [`Strategy::FirstError`]: the prices of all. As soon as one fails, it is `Unmet` with the first
//!   failure, and no other. If several fail at the same moment, it is any of them.
//! - [`Strategy::CollectAll`]: all prices and all failures, when everybody has answered. This is always met.
//! - [`Strategy::AtLeast`]: the first so many prices, as soon as they are there, and the failures until
//!   then. As soon as so many have failed that it cannot be met, it is `Unmet` with all failures until
//!   then. If that is clear from the beginning, nobody is asked; and neither if no price is wanted.
//! - Prices and failures are each in the order of the list.
//! - If `cancel` is cancelled before the result is settled, the result is `Cancelled`, at once. It is never
//!   taken for success, and never for a failure of a supplier. The token is only looked at.
//! - When `ask_all` returns, nobody is being asked any more. The same holds if the caller loses interest
//!   and drops it half-way.
//!
//! You may change everything in this file but the signatures of what is public.

use tokio::select;
use tokio::sync::mpsc;
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
    let stop = cancel.child_token();
    let (prices, mut priced) = mpsc::channel(suppliers.len().max(1));
    let (failures, mut failed) = mpsc::channel(suppliers.len().max(1));
    for (number, supplier) in suppliers.iter().enumerate() {
        let (prices, failures, stop) = (prices.clone(), failures.clone(), stop.clone());
        let asking = ask(supplier.clone());
        tokio::spawn(async move {
            match stop.run_until_cancelled(asking).await {
                Some(Ok(price)) => drop(prices.send((number, price)).await),
                Some(Err(error)) => drop(failures.send((number, Failure::Error(error))).await),
                None => {}
            }
        });
    }
    drop((prices, failures));

    let (mut all_prices, mut all_failures) = (Vec::new(), Vec::new());
    while all_prices.len() + all_failures.len() < suppliers.len() {
        select! {
            Some(price) = priced.recv() => all_prices.push(price),
            Some(failure) = failed.recv() => all_failures.push(failure),
            () = cancel.cancelled() => return Err(NoResult::Cancelled),
        }
        let unmet = match strategy {
            Strategy::FirstError => !all_failures.is_empty(),
            Strategy::CollectAll => false,
            Strategy::AtLeast(number) => all_failures.len() + number > suppliers.len(),
        };
        if unmet {
            stop.cancel();
            return Err(NoResult::Unmet(named(&suppliers, all_failures)));
        }
        if strategy == Strategy::AtLeast(all_prices.len()) {
            stop.cancel();
            break;
        }
    }
    Ok(Answers {
        prices: named(&suppliers, all_prices),
        failures: named(&suppliers, all_failures),
    })
}

/// In the order of the list, with the names of the suppliers.
fn named<T>(suppliers: &[String], mut answers: Vec<(usize, T)>) -> Vec<(String, T)> {
    answers.sort_by_key(|(number, _)| *number);
    let answers = answers.into_iter();
    answers
        .map(|(number, answer)| (suppliers[number].clone(), answer))
        .collect()
}
