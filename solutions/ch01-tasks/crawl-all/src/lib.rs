//! A set of tasks, refilled as soon as one of them is over; it owns them, so dropping it ends them.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time;

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The fetch returned this error.
    Failed(String),
    /// The fetch panicked.
    Panicked,
    /// The page did not arrive in time.
    TimedOut,
}

/// Fetches all pages at `urls`, `at_most` of them at the same time.
pub async fn crawl_all<F, Fut>(
    urls: Vec<String>,
    at_most: NonZeroUsize,
    patience: Duration,
    fetch: F,
) -> Vec<Result<String, Missing>>
where
    F: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<String, String>> + Send + 'static,
{
    let mut results: Vec<_> = urls.iter().map(|_| Err(Missing::Panicked)).collect();
    let mut waiting = urls.into_iter().enumerate();
    let mut numbers = HashMap::new();
    let mut fetches = JoinSet::new();
    loop {
        while fetches.len() < at_most.get()
            && let Some((number, url)) = waiting.next()
        {
            // The clock of a page starts here, and its fetch ends with it.
            let fetch = fetches.spawn(time::timeout(patience, fetch(url)));
            numbers.insert(fetch.id(), number);
        }
        match fetches.join_next_with_id().await {
            None => return results,
            Some(Ok((id, result))) => results[numbers[&id]] = outcome(result),
            // What panicked is reported as such from the beginning.
            Some(Err(_)) => {}
        }
    }
}

fn outcome(
    result: Result<Result<String, String>, time::error::Elapsed>,
) -> Result<String, Missing> {
    match result {
        Ok(page) => page.map_err(Missing::Failed),
        Err(_) => Err(Missing::TimedOut),
    }
}
