//! Wrong: fetches all pages at once, as a goroutine for each would.
//! Caught by: no_more_pages_than_allowed_are_in_the_making

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
    let mut results: Vec<_> = urls.iter().map(|_| Err(Missing::Panicked)).collect();
    let mut fetches = JoinSet::new();
    for (number, url) in urls.into_iter().enumerate() {
        let fetch = time::timeout(patience, fetch(url));
        fetches.spawn(async move { (number, fetch.await) });
    }
    while let Some(result) = fetches.join_next().await {
        if let Ok((number, result)) = result {
            results[number] = outcome(Ok(result));
        }
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
