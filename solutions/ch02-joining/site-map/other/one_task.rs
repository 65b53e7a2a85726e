//! No task at all: the fetches are part of the one future, which polls each of them and catches panics.
//! Dropping it drops them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::poll_fn;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

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
    let mut known = BTreeSet::from([home.clone()]);
    let mut waiting = VecDeque::from([home]);
    let mut map = SiteMap::new();
    let mut under_way: Vec<(String, Pin<Box<Fut>>)> = Vec::new();
    loop {
        while under_way.len() < at_most.get() {
            let Some(page) = waiting.pop_front() else {
                break;
            };
            match catch_unwind(AssertUnwindSafe(|| fetch(page.clone()))) {
                Ok(future) => under_way.push((page, Box::pin(future))),
                Err(_) => {
                    map.insert(page, Err(Missing::Panicked));
                }
            }
        }
        if under_way.is_empty() {
            return map;
        }
        let (page, end) = poll_fn(|cx| {
            for i in 0..under_way.len() {
                let polled = catch_unwind(AssertUnwindSafe(|| under_way[i].1.as_mut().poll(cx)));
                let end = match polled {
                    Ok(Poll::Pending) => continue,
                    Ok(Poll::Ready(end)) => end.map_err(Missing::Failed),
                    Err(_) => Err(Missing::Panicked),
                };
                let (page, _) = under_way.swap_remove(i);
                return Poll::Ready((page, end));
            }
            Poll::Pending
        })
        .await;
        for link in end.iter().flatten() {
            if known.insert(link.clone()) {
                waiting.push_back(link.clone());
            }
        }
        map.insert(page, end);
    }
}
