//! No actor: each client fetches in its own future, and a dropped future drops its place. The
//! service only waits for the clients' end.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;

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

impl Prices {
    /// The price of `article` in cents.
    pub async fn price(&self, article: &str) -> u64 {
        let Shared {
            source,
            places,
            known,
        } = &*self.shared;
        let found = known.lock().unwrap().get(article).copied();
        if let Some(cents) = found {
            return cents;
        }
        let _place = places.acquire().await;
        let cents = source(article.to_owned()).await;
        known.lock().unwrap().insert(article.to_owned(), cents);
        cents
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
