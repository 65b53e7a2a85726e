//! # Crawl all
//!
//! A search engine fetches a list of pages: several at a time, but not all, and none for ever. In Go
//! this is a goroutine for each page, a channel as a semaphore, and a `context.WithTimeout`, which ends
//! the wait and not always the work.
//!
//! Below is a version that fetches the pages in batches. It is nearly right.
//!
//! The rules:
//!
//! - There is one result for each page, in the order of `urls`.
//! - `at_most` pages are in the making at the same time, and no more. As soon as one of them is over,
//!   another one begins.
//! - A page has `patience` to arrive, counted from the beginning of *its* fetch. After that its result
//!   is [`Missing::TimedOut`], and its fetch does nothing any more.
//! - A fetch that returns `Err` or panics is the result of that one page; the others go on.
//! - When `crawl_all` returns, nothing that it started is still running. The same holds if the
//!   caller loses interest and drops it half-way.

use std::num::NonZeroUsize;
use std::time::Duration;

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
    for batch in urls.chunks(at_most.get()) {
        let fetches: Vec<_> = batch
            .iter()
            .map(|url| tokio::spawn(fetch(url.clone())))
            .collect();
        for fetch in fetches {
            results.push(match time::timeout(patience, fetch).await {
                Ok(Ok(Ok(page))) => Ok(page),
                Ok(Ok(Err(why))) => Err(Missing::Failed(why)),
                Ok(Err(_)) => Err(Missing::Panicked),
                Err(_) => Err(Missing::TimedOut),
            });
        }
    }
    results
}
