//! Wrong: a background fetch fills the memory, and the client looks there every 100 ms.
//! Caught by: an_answer_arrives_when_the_source_has_it

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::{JoinHandle, JoinSet};

type Source = dyn Fn(String) -> Pin<Box<dyn Future<Output = u64> + Send>> + Send + Sync;

/// A client's access to the prices; clone it for another client.
#[derive(Clone)]
pub struct Prices {
    shared: Arc<Shared>,
    _open: mpsc::Sender<()>,
}

/// What all clients share.
struct Shared {
    source: Box<Source>,
    places: Semaphore,
    known: Mutex<HashMap<String, u64>>,
}

impl Shared {
    fn known(&self, article: &str) -> Option<u64> {
        self.known.lock().unwrap().get(article).copied()
    }
}

impl Prices {
    /// The price of `article` in cents.
    pub async fn price(&self, article: &str) -> u64 {
        if let Some(cents) = self.shared.known(article) {
            return cents;
        }
        let (shared, wanted) = (Arc::clone(&self.shared), article.to_owned());
        let mut fetch = JoinSet::new();
        fetch.spawn(async move {
            let _place = shared.places.acquire().await;
            let cents = (shared.source)(wanted.clone()).await;
            shared.known.lock().unwrap().insert(wanted, cents);
        });
        loop {
            tokio::time::sleep(Duration::from_millis(100)).await;
            if let Some(cents) = self.shared.known(article) {
                return cents;
            }
        }
    }
}

/// Starts a service that fetches from `source`, with at most `places` fetches at a time.
pub fn start<S, F>(source: S, places: usize) -> (Prices, JoinHandle<usize>)
where
    S: Fn(String) -> F + Send + Sync + 'static,
    F: Future<Output = u64> + Send + 'static,
{
    let shared = Arc::new(Shared {
        source: Box::new(move |article| Box::pin(source(article))),
        places: Semaphore::new(places),
        known: Mutex::new(HashMap::new()),
    });
    let (open, mut clients) = mpsc::channel(1);
    let prices = Prices {
        shared: Arc::clone(&shared),
        _open: open,
    };
    let service = tokio::spawn(async move {
        while clients.recv().await.is_some() {}
        shared.known.lock().unwrap().len()
    });
    (prices, service)
}
