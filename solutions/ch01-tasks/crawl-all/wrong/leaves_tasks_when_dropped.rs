//! Wrong: tasks that were spawned one by one go on when the crawl is dropped.
//! Caught by: a_crawl_that_is_dropped_leaves_nothing_behind

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinError;
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
    let limit = Arc::new(Semaphore::new(at_most.get()));
    let mut fetches = Vec::new();
    for url in urls {
        let (limit, fetch) = (Arc::clone(&limit), fetch(url));
        fetches.push(tokio::spawn(async move {
            let _permit = limit.acquire().await;
            time::timeout(patience, fetch).await
        }));
    }
    let mut results = Vec::new();
    for fetch in fetches {
        results.push(outcome(fetch.await));
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
