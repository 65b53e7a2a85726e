//! Wrong: unwraps the join, so that one bad page ends the whole crawl.
//! Caught by: a_page_that_fails_or_panics_is_reported_and_the_others_arrive

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
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
    let mut results: Vec<_> = urls.iter().map(|_| Err(Missing::TimedOut)).collect();
    let limit = Arc::new(Semaphore::new(at_most.get()));
    let mut fetches = JoinSet::new();
    for (number, url) in urls.into_iter().enumerate() {
        let (limit, fetch) = (Arc::clone(&limit), fetch(url));
        fetches.spawn(async move {
            let _permit = limit.acquire().await;
            (number, time::timeout(patience, fetch).await)
        });
    }
    while let Some(result) = fetches.join_next().await {
        let (number, result) = result.unwrap();
        if let Ok(page) = result {
            results[number] = page.map_err(Missing::Failed);
        }
    }
    results
}
