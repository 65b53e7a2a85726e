//! Each supplier enters its answer into a table. The entry that settles it says so once; whoever
//! panics has entered so before.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::select;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

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

struct Table<T, E> {
    strategy: Strategy,
    all: usize,
    prices: Vec<(usize, T)>,
    failures: Vec<(usize, Failure<E>)>,
    /// Told once, when it is settled; from then on nothing is entered.
    settled: Option<oneshot::Sender<Settled>>,
}

impl<T, E> Table<T, E> {
    fn enter(&mut self, number: usize, answer: Result<T, Failure<E>>) {
        if self.settled.is_none() {
            return;
        }
        match answer {
            Ok(price) => self.prices.push((number, price)),
            Err(failure) => self.failures.push((number, failure)),
        }
        self.look();
    }

    fn look(&mut self) {
        let (prices, failures) = (self.prices.len(), self.failures.len());
        if let Some(settled) = settled(self.strategy, self.all, prices, failures)
            && let Some(tell) = self.settled.take()
        {
            let _ = tell.send(settled);
        }
    }
}

/// The duty to enter an answer.
struct Duty<T, E> {
    number: usize,
    answer: Option<Result<T, Failure<E>>>,
    table: Arc<Mutex<Table<T, E>>>,
}

impl<T, E> Drop for Duty<T, E> {
    fn drop(&mut self) {
        let panicked = std::thread::panicking().then_some(Err(Failure::Panicked));
        if let Some(answer) = self.answer.take().or(panicked) {
            let table = self.table.lock();
            table
                .unwrap_or_else(PoisonError::into_inner)
                .enter(self.number, answer);
        }
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
    let (settled, is_settled) = oneshot::channel();
    let mut table = Table {
        strategy,
        all: suppliers.len(),
        prices: Vec::new(),
        failures: Vec::new(),
        settled: Some(settled),
    };
    table.look();
    let is_open = table.settled.is_some() && !cancel.is_cancelled();
    let table = Arc::new(Mutex::new(table));
    let mut asked = Vec::new();
    for (number, supplier) in suppliers.iter().enumerate().filter(|_| is_open) {
        let asking = ask(supplier.clone());
        let mut duty = Duty {
            number,
            answer: None,
            table: Arc::clone(&table),
        };
        asked.push(AbortOnDropHandle::new(tokio::spawn(async move {
            duty.answer = Some(asking.await.map_err(Failure::Error));
        })));
    }
    let settled = select! {
        biased;
        () = cancel.cancelled() => None,
        settled = is_settled => settled.ok(),
    };
    for task in &asked {
        task.abort();
    }
    for task in asked {
        let _ = task.await;
    }
    let mut table = table.lock().unwrap_or_else(PoisonError::into_inner);
    let prices = named(&suppliers, std::mem::take(&mut table.prices));
    let failures = named(&suppliers, std::mem::take(&mut table.failures));
    match settled {
        None => Err(NoResult::Cancelled),
        Some(Settled::Met) => Ok(Answers { prices, failures }),
        Some(Settled::Unmet) => Err(NoResult::Unmet(failures)),
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
