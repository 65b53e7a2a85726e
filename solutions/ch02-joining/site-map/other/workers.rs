//! A pool of workers that share a list. A worker that finds it empty sleeps as long as others are still
//! at work, since they may find something; the last one to run out of work sends all home.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use tokio::sync::Notify;
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
    /// Pages that are known and not in the map.
    missing: usize,
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
        missing: 1,
    }));
    let changed = Arc::new(Notify::new());
    let fetch = Arc::new(fetch);
    let mut workers = JoinSet::new();
    for _ in 0..at_most.get() {
        let (site, fetch) = (Arc::clone(&site), Arc::clone(&fetch));
        let changed = Arc::clone(&changed);
        workers.spawn(async move {
            loop {
                // Whoever changes the list after this look wakes this one.
                let change = changed.notified();
                let (next, missing) = {
                    let mut site = site.lock().unwrap();
                    (site.waiting.pop_front(), site.missing)
                };
                match next {
                    Some(page) => {
                        let links = caught(fetch(page.clone())).await;
                        site.lock().unwrap().enter(page, links);
                        changed.notify_waiters();
                    }
                    None if missing == 0 => break,
                    None => change.await,
                }
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
                self.missing += 1;
            }
        }
        self.map.insert(page, links);
        self.missing -= 1;
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
