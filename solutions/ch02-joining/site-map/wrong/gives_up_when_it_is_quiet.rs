//! Wrong: takes five seconds in which nothing arrives for the end of the site.
//! Caught by: the_map_is_returned_when_the_last_page_is_there_and_not_later

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::num::NonZeroUsize;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time;

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
    let mut map = SiteMap::new();
    let mut known = BTreeSet::from([home.clone()]);
    let mut waiting = VecDeque::from([home]);
    let mut under_way = HashMap::new();
    let mut fetches = JoinSet::new();
    loop {
        while fetches.len() < at_most.get()
            && let Some(page) = waiting.pop_front()
        {
            let started = fetches.spawn(fetch(page.clone()));
            under_way.insert(started.id(), page);
        }
        let quiet = time::timeout(Duration::from_secs(5), fetches.join_next_with_id());
        let (id, links) = match quiet.await.ok().flatten() {
            None => return map,
            Some(Ok((id, links))) => (id, links.map_err(Missing::Failed)),
            Some(Err(panic)) => (panic.id(), Err(Missing::Panicked)),
        };
        for link in links.iter().flatten() {
            if known.insert(link.clone()) {
                waiting.push_back(link.clone());
            }
        }
        let page = under_way.remove(&id).expect("each fetch has a page");
        map.insert(page, links);
    }
}
