//! A few crawlers take pages from a common list until it is empty; each owns the fetch it waits for.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::mpsc;
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
    let count = urls.len();
    let list = Arc::new(Mutex::new(urls.into_iter().enumerate()));
    let fetch = Arc::new(fetch);
    let (reports, mut reported) = mpsc::channel(1);
    let mut crawlers = JoinSet::new();
    for _ in 0..at_most.get().min(count) {
        let (list, fetch, reports) = (Arc::clone(&list), Arc::clone(&fetch), reports.clone());
        crawlers.spawn(async move {
            loop {
                let next = list.lock().unwrap().next();
                let Some((number, url)) = next else { break };
                let result = one(patience, fetch(url)).await;
                if reports.send((number, result)).await.is_err() {
                    break;
                }
            }
        });
    }
    drop(reports);

    let mut results: Vec<_> = (0..count).map(|_| Err(Missing::Panicked)).collect();
    while let Some((number, result)) = reported.recv().await {
        results[number] = result;
    }
    results
}

/// Fetches one page in a task of its own, which keeps a panic away from the crawler.
async fn one<Fut>(patience: Duration, fetch: Fut) -> Result<String, Missing>
where
    Fut: Future<Output = Result<String, String>> + Send + 'static,
{
    let mut task = JoinSet::new();
    task.spawn(fetch);
    match time::timeout(patience, task.join_next()).await {
        Ok(Some(Ok(page))) => page.map_err(Missing::Failed),
        Ok(_) => Err(Missing::Panicked),
        Err(_) => Err(Missing::TimedOut),
    }
}
