//! Wrong: fetches one page after the other.
//! Caught by: pages_are_fetched_at_the_same_time

use std::num::NonZeroUsize;
use std::time::Duration;

use tokio::task::{JoinError, JoinSet};
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
    let _ = at_most;
    let mut results = Vec::new();
    for url in urls {
        let mut one = JoinSet::new();
        one.spawn(time::timeout(patience, fetch(url)));
        let result = one.join_next().await.expect("one task was spawned");
        results.push(outcome(result));
    }
    results
}

fn outcome(
    result: Result<Result<Result<String, String>, time::error::Elapsed>, JoinError>,
) -> Result<String, Missing> {
    match result {
        Ok(Ok(page)) => page.map_err(Missing::Failed),
        Ok(Err(_)) => Err(Missing::TimedOut),
        Err(_) => Err(Missing::Panicked),
    }
}
