//! Wrong: counts the tasks and owns none of them. Dropping the crawl tells them nothing.
//! Caught by: a_crawl_that_is_dropped_leaves_nothing_behind

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::sync::Semaphore;
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
    found: Mutex<(BTreeSet<String>, SiteMap)>,
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
        found: Mutex::default(),
    });
    follow(&crawl, home);
    crawl.tasks.close();
    crawl.tasks.wait().await;
    let mut found = crawl.found.lock().unwrap();
    std::mem::take(&mut found.1)
}

/// Starts a task for a page that nobody knew.
fn follow<F, Fut>(crawl: &Arc<Crawl<F>>, page: String)
where
    F: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Vec<String>, String>> + Send + 'static,
{
    if crawl.found.lock().unwrap().0.insert(page.clone()) {
        let task: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(one(Arc::clone(crawl), page));
        crawl.tasks.spawn(task);
    }
}

/// Fetches a page, and starts tasks for its links before it counts as over itself.
async fn one<F, Fut>(crawl: Arc<Crawl<F>>, page: String)
where
    F: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Vec<String>, String>> + Send + 'static,
{
    let place = crawl.places.acquire().await;
    let end = AbortOnDropHandle::new(tokio::spawn((crawl.fetch)(page.clone()))).await;
    drop(place);
    let links = match end {
        Ok(links) => links.map_err(Missing::Failed),
        Err(_) => Err(Missing::Panicked),
    };
    for link in links.iter().flatten() {
        follow(&crawl, link.clone());
    }
    crawl.found.lock().unwrap().1.insert(page, links);
}
