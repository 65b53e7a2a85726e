//! Spawns nothing: polls all fetches from one future, which owns them and catches their panics.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
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
    let mut results: Vec<_> = urls.iter().map(|_| None).collect();
    let mut waiting = urls.into_iter().enumerate();
    let mut running: Vec<(usize, Fetch)> = Vec::new();
    std::future::poll_fn(|context| {
        loop {
            let mut over = false;
            running.retain_mut(|(number, fetch)| match poll_safely(fetch, context) {
                Poll::Pending => true,
                Poll::Ready(result) => {
                    results[*number] = Some(result);
                    over = true;
                    false
                }
            });
            let free = at_most.get() - running.len();
            let begun = running.len();
            running.extend(
                waiting
                    .by_ref()
                    .take(free)
                    .map(|(number, url)| (number, within(patience, fetch(url)))),
            );
            if running.is_empty() {
                return Poll::Ready(());
            }
            if running.len() == begun && !over {
                return Poll::Pending;
            }
        }
    })
    .await;
    results.into_iter().flatten().collect()
}

type Fetch = Pin<Box<dyn Future<Output = Result<String, Missing>> + Send>>;

fn within<Fut>(patience: Duration, fetch: Fut) -> Fetch
where
    Fut: Future<Output = Result<String, String>> + Send + 'static,
{
    Box::pin(async move {
        match time::timeout(patience, fetch).await {
            Ok(page) => page.map_err(Missing::Failed),
            Err(_) => Err(Missing::TimedOut),
        }
    })
}

fn poll_safely(fetch: &mut Fetch, context: &mut Context) -> Poll<Result<String, Missing>> {
    catch_unwind(AssertUnwindSafe(|| fetch.as_mut().poll(context)))
        .unwrap_or(Poll::Ready(Err(Missing::Panicked)))
}
