//! Wrong: each worker keeps a sender for what it may find, so the channel of pages never ends.
//! Caught by: every_page_that_can_be_reached_is_in_the_map

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use tokio::sync::{Mutex as AsyncMutex, mpsc};
use tokio::task::JoinSet;

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
    let (found, urls) = mpsc::unbounded_channel();
    let _ = found.send(home.clone());
    let urls = Arc::new(AsyncMutex::new(urls));
    let known = Arc::new(Mutex::new((BTreeSet::from([home]), SiteMap::new())));
    let fetch = Arc::new(fetch);
    let mut workers = JoinSet::new();
    for _ in 0..at_most.get() {
        let (urls, known, found) = (Arc::clone(&urls), Arc::clone(&known), found.clone());
        let fetch = Arc::clone(&fetch);
        workers.spawn(async move {
            loop {
                let next = urls.lock().await.recv().await;
                let Some(page) = next else { break };
                let links = caught(fetch(page.clone())).await;
                for link in links.iter().flatten() {
                    if known.lock().unwrap().0.insert(link.clone()) {
                        let _ = found.send(link.clone());
                    }
                }
                known.lock().unwrap().1.insert(page, links);
            }
        });
    }
    drop(found);
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
