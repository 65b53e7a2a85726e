//! Wrong: begins the next batch when the slowest page of the last one is there.
//! Caught by: a_slow_page_does_not_hold_up_the_next_one

use std::num::NonZeroUsize;
use std::time::Duration;

use tokio::task::JoinError;
use tokio::time;
use tokio_util::task::AbortOnDropHandle;

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
    let mut results = Vec::new();
    for batch in urls.chunks(at_most.get()) {
        let fetches: Vec<_> = batch
            .iter()
            .map(|url| tokio::spawn(time::timeout(patience, fetch(url.clone()))))
            .map(AbortOnDropHandle::new)
            .collect();
        for fetch in fetches {
            results.push(outcome(fetch.await));
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
