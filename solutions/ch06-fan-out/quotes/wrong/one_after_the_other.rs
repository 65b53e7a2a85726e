//! Wrong: asks the next one when the one before has answered.
//! Caught by: all_suppliers_are_asked_at_the_same_time

use std::collections::HashMap;

use tokio::select;
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
    let mut asked = JoinSet::new();
    let mut numbers = HashMap::new();
    let (mut prices, mut failures) = (Vec::new(), Vec::new());
    let settled = loop {
        if cancel.is_cancelled() {
            break Err(NoResult::Cancelled);
        }
        let (needed, is_enough) = match strategy {
            Strategy::FirstError => (suppliers.len(), false),
            Strategy::CollectAll => (0, false),
            Strategy::AtLeast(number) => (number, prices.len() >= number),
        };
        if failures.len() + needed > suppliers.len() {
            break Err(NoResult::Unmet(named(&suppliers, failures)));
        }
        if is_enough || prices.len() + failures.len() == suppliers.len() {
            break Ok(Answers {
                prices: named(&suppliers, prices),
                failures: named(&suppliers, failures),
            });
        }
        if let Some(supplier) = suppliers.get(numbers.len())
            && asked.is_empty()
        {
            let (asking, number) = (asked.spawn(ask(supplier.clone())), numbers.len());
            numbers.insert(asking.id(), number);
        }
        let answer = select! {
            biased;
            () = cancel.cancelled() => continue,
            answer = asked.join_next_with_id() => answer.expect("somebody has not answered yet"),
        };
        match answer {
            Ok((id, Ok(price))) => prices.push((numbers[&id], price)),
            Ok((id, Err(error))) => failures.push((numbers[&id], Failure::Error(error))),
            Err(panic) => failures.push((numbers[&panic.id()], Failure::Panicked)),
        }
    };
    asked.shutdown().await;
    settled
}

/// In the order of the list, with the names of the suppliers.
fn named<T>(suppliers: &[String], mut answers: Vec<(usize, T)>) -> Vec<(String, T)> {
    answers.sort_by_key(|(number, _)| *number);
    let answers = answers.into_iter();
    answers
        .map(|(number, answer)| (suppliers[number].clone(), answer))
        .collect()
}
