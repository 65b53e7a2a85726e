//! Wrong: the workers write what they find into a channel that only they read. When it is full, all of them wait for a reader.
//! Caught by: a_page_can_have_more_links_than_there_are_places

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::{Mutex as AsyncMutex, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Why the links of a page are not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The fetch returned this error.
    Failed(String),
    /// The fetch panicked.
    Panicked,
}

/// The links of each page.
pub type SiteMap = BTreeMap<String, Result<Vec<String>, Missing>>;

/// Fetches `home` and all that can be reached from it, `at_most` pages at the same time. A fetch
/// returns the links of its page.
pub async fn site_map<F, Fut>(home: String, at_most: NonZeroUsize, fetch: F) -> SiteMap
where
    F: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Vec<String>, String>> + Send + 'static,
{
    let (found, urls) = mpsc::channel(100);
    let _ = found.send(home.clone()).await;
    let urls = Arc::new(AsyncMutex::new(urls));
    let known = Arc::new(Mutex::new((BTreeSet::from([home]), SiteMap::new())));
    let pending = Arc::new(AtomicUsize::new(1));
    let fetch = Arc::new(fetch);
    let stop = CancellationToken::new();
    let mut workers = JoinSet::new();
    for _ in 0..at_most.get() {
        let (urls, known, found) = (Arc::clone(&urls), Arc::clone(&known), found.clone());
        let (pending, fetch) = (Arc::clone(&pending), Arc::clone(&fetch));
        let stop = stop.clone();
        workers.spawn(async move {
            loop {
                let next = stop
                    .run_until_cancelled(async { urls.lock().await.recv().await })
                    .await;
                let Some(Some(page)) = next else { break };
                let links = caught(fetch(page.clone())).await;
                for link in links.iter().flatten() {
                    if known.lock().unwrap().0.insert(link.clone()) {
                        pending.fetch_add(1, Ordering::SeqCst);
                        let _ = found.send(link.clone()).await;
                    }
                }
                known.lock().unwrap().1.insert(page, links);
                if pending.fetch_sub(1, Ordering::SeqCst) == 1 {
                    stop.cancel();
                }
            }
        });
    }
    while workers.join_next().await.is_some() {}
    let mut known = known.lock().unwrap();
    std::mem::take(&mut known.1)
}

/// Fetches a page in a task of its own, which keeps a panic away from the worker.
async fn caught<Fut>(fetch: Fut) -> Result<Vec<String>, Missing>
where
    Fut: Future<Output = Result<Vec<String>, String>> + Send + 'static,
{
    let mut task = JoinSet::new();
    task.spawn(fetch);
    match task.join_next().await {
        Some(Ok(links)) => links.map_err(Missing::Failed),
        _ => Err(Missing::Panicked),
    }
}
