//! Wrong: a worker that finds nothing to do ends, although others are still finding pages.
//! Caught by: pages_that_are_found_late_are_fetched_at_the_same_time

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

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

struct Site {
    waiting: VecDeque<String>,
    known: BTreeSet<String>,
    map: SiteMap,
}

/// Fetches `home` and all that can be reached from it, `at_most` pages at the same time. A fetch
/// returns the links of its page.
pub async fn site_map<F, Fut>(home: String, at_most: NonZeroUsize, fetch: F) -> SiteMap
where
    F: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Vec<String>, String>> + Send + 'static,
{
    let site = Arc::new(Mutex::new(Site {
        waiting: VecDeque::from([home.clone()]),
        known: BTreeSet::from([home]),
        map: SiteMap::new(),
    }));
    let fetch = Arc::new(fetch);
    let mut workers = JoinSet::new();
    for _ in 0..at_most.get() {
        let (site, fetch) = (Arc::clone(&site), Arc::clone(&fetch));
        workers.spawn(async move {
            loop {
                let next = site.lock().unwrap().waiting.pop_front();
                let Some(page) = next else { break };
                let links = caught(fetch(page.clone())).await;
                site.lock().unwrap().enter(page, links);
            }
        });
    }
    while workers.join_next().await.is_some() {}
    let mut site = site.lock().unwrap();
    std::mem::take(&mut site.map)
}

impl Site {
    fn enter(&mut self, page: String, links: Result<Vec<String>, Missing>) {
        for link in links.iter().flatten() {
            if self.known.insert(link.clone()) {
                self.waiting.push_back(link.clone());
            }
        }
        self.map.insert(page, links);
    }
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
