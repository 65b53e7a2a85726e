//! Wrong: asks whether a page is known, and notes it later; in between stands an `.await`.
//! Caught by: a_page_that_is_found_twice_at_the_same_time_is_fetched_once

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::sync::{RwLock, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

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

/// A crawl that is under way.
struct Crawl<F> {
    fetch: F,
    places: Semaphore,
    tasks: TaskTracker,
    stop: CancellationToken,
    known: RwLock<BTreeSet<String>>,
    map: Mutex<SiteMap>,
}

/// Fetches `home` and all that can be reached from it, `at_most` pages at the same time. A fetch
/// returns the links of its page.
pub async fn site_map<F, Fut>(home: String, at_most: NonZeroUsize, fetch: F) -> SiteMap
where
    F: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Vec<String>, String>> + Send + 'static,
{
    let crawl = Arc::new(Crawl {
        fetch,
        places: Semaphore::new(at_most.get().min(Semaphore::MAX_PERMITS)),
        tasks: TaskTracker::new(),
        stop: CancellationToken::new(),
        known: RwLock::default(),
        map: Mutex::default(),
    });
    let _stops_when_dropped = crawl.stop.clone().drop_guard();
    follow(Arc::clone(&crawl), home).await;
    crawl.tasks.close();
    crawl.tasks.wait().await;
    std::mem::take(&mut *crawl.map.lock().unwrap())
}

/// Starts a task for a page that nobody knew.
fn follow<F, Fut>(crawl: Arc<Crawl<F>>, page: String) -> Pin<Box<dyn Future<Output = ()> + Send>>
where
    F: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Vec<String>, String>> + Send + 'static,
{
    Box::pin(async move {
        if !crawl.known.read().await.contains(&page) {
            crawl.known.write().await.insert(page.clone());
            let tasks = crawl.tasks.clone();
            tasks.spawn(one(crawl, page));
        }
    })
}

/// Fetches a page, and starts tasks for its links before it counts as over itself.
async fn one<F, Fut>(crawl: Arc<Crawl<F>>, page: String)
where
    F: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Vec<String>, String>> + Send + 'static,
{
    let fetch = async {
        let _place = crawl.places.acquire().await;
        AbortOnDropHandle::new(tokio::spawn((crawl.fetch)(page.clone()))).await
    };
    let Some(end) = crawl.stop.run_until_cancelled(fetch).await else {
        return;
    };
    let links = match end {
        Ok(links) => links.map_err(Missing::Failed),
        Err(_) => Err(Missing::Panicked),
    };
    for link in links.iter().flatten() {
        follow(Arc::clone(&crawl), link.clone()).await;
    }
    crawl.map.lock().unwrap().insert(page, links);
}
