//! Wrong: results are kept in the order in which the pages arrive.
//! Caught by: every_page_is_reported_in_the_order_of_the_urls

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
    let mut results = Vec::new();
    let mut waiting = urls.into_iter();
    let mut fetches = JoinSet::new();
    loop {
        while fetches.len() < at_most.get()
            && let Some(url) = waiting.next()
        {
            fetches.spawn(time::timeout(patience, fetch(url)));
        }
        match fetches.join_next().await {
            None => return results,
            Some(result) => results.push(outcome(result)),
        }
    }
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
