//! Wrong: a place is given back by a fetch that returns. One that panics does not return.
//! Caught by: a_place_is_free_when_its_page_fails_or_panics

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
    let mut known = BTreeSet::from([home.clone()]);
    let mut waiting = VecDeque::from([home]);
    let mut under_way = HashMap::new();
    let mut fetches = JoinSet::new();
    let mut places = at_most.get();
    loop {
        while places > 0
            && let Some(page) = waiting.pop_front()
        {
            places -= 1;
            let started = fetches.spawn(fetch(page.clone()));
            under_way.insert(started.id(), page);
        }
        let (id, links) = match fetches.join_next_with_id().await {
            None => return map,
            Some(Ok((id, links))) => {
                places += 1;
                (id, links.map_err(Missing::Failed))
            }
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
