//! # Site map
//!
//! A crawler begins at one page and follows the links. In Go this is a pool of goroutines that read
//! from a channel of URLs and write what they find into the same channel; the question of the evening is
//! who closes it, and when. The work is found by working, so nobody knows in advance how much it is.
//! A `WaitGroup` in a guide answers half of that, and its pool of zero workers returns an empty map.
//!
//! Below is a pool of workers on tokio. It is nearly right.
//!
//! The rules:
//!
//! - The map has the page `home`, every page that it links to, every page that those link to, and so
//!   on; each with the links that its fetch returned, in the order in which it returned them.
//! - Each page is fetched once, whoever links to it, how often, and when.
//! - At most `at_most` fetches are under way at a time. As soon as there are fewer than that and a
//!   page is known that has not been fetched, its fetch begins. Which one goes first is left open.
//! - A fetch that returns `Err` or panics is the entry of that one page; the others go on.
//! - The map is returned as soon as the last fetch is over and has found nothing new.
//! - When `site_map` returns, nothing that it started is still running. The same holds if the caller
//!   loses interest and drops it half-way.
//!
//! You may change everything in this file but the signatures of what is public.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

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
    let mut workers = Vec::new();
    for _ in 0..at_most.get() {
        let (site, fetch) = (Arc::clone(&site), Arc::clone(&fetch));
        workers.push(tokio::spawn(async move {
            loop {
                let next = site.lock().unwrap().waiting.pop_front();
                let Some(page) = next else { break };
                let links = fetch(page.clone()).await.map_err(Missing::Failed);
                site.lock().unwrap().enter(page, links);
            }
        }));
    }
    for worker in workers {
        let _ = worker.await;
    }
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
