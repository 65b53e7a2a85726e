//! Wrong: knows the pages that it found links to, and where it began is none of them.
//! Caught by: a_page_that_is_linked_again_later_is_not_fetched_again

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::num::NonZeroUsize;

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
    let mut map = SiteMap::new();
    let mut known = BTreeSet::new();
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
        let (id, links) = match fetches.join_next_with_id().await {
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
