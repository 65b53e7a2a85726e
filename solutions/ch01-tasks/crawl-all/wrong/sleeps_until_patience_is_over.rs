//! Wrong: sleeps for as long as a page may take, and counts on all of them being there.
//! Caught by: waiting_for_a_turn_does_not_count

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
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
    let results: Vec<_> = urls.iter().map(|_| Err(Missing::TimedOut)).collect();
    let results = Arc::new(Mutex::new(results));
    let limit = Arc::new(Semaphore::new(at_most.get()));
    let mut fetches = JoinSet::new();
    for (number, url) in urls.into_iter().enumerate() {
        let (limit, results, fetch) = (Arc::clone(&limit), Arc::clone(&results), fetch(url));
        fetches.spawn(async move {
            let _permit = limit.acquire().await;
            let page = fetch.await;
            results.lock().unwrap()[number] = page.map_err(Missing::Failed);
        });
    }
    time::sleep(patience).await;
    results.lock().unwrap().clone()
}
