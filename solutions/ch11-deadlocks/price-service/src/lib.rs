//! A service that fetches prices for its clients and remembers them.
//!
//! The service owns its fetches in a `JoinSet`, which hands their results back without a sender of
//! the inbox: the inbox ends with the last client. Each fetch runs only as long as its client
//! listens, and what it holds goes with it.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::{JoinHandle, JoinSet};

/// A client's access to the service; clone it for another client.
#[derive(Clone)]
pub struct Prices {
    requests: mpsc::Sender<Request>,
}

impl Prices {
    /// The price of `article` in cents.
    pub async fn price(&self, article: &str) -> u64 {
        let article = article.to_owned();
        let (reply, answer) = oneshot::channel();
        let sent = self.requests.send(Request { article, reply }).await;
        sent.expect("the service lives as long as its clients");
        answer.await.expect("the service answers")
    }
}

/// What a client asks for, and where the answer goes.
struct Request {
    article: String,
    reply: oneshot::Sender<u64>,
}

/// Starts a service that fetches from `source`, with at most `places` fetches at a time.
pub fn start<S, F>(source: S, places: usize) -> (Prices, JoinHandle<usize>)
where
    S: Fn(String) -> F + Send + Sync + 'static,
    F: Future<Output = u64> + Send + 'static,
{
    let (requests, inbox) = mpsc::channel(16);
    let service = tokio::spawn(serve(Arc::new(source), places, inbox));
    (Prices { requests }, service)
}

async fn serve<S, F>(source: Arc<S>, places: usize, mut inbox: mpsc::Receiver<Request>) -> usize
where
    S: Fn(String) -> F + Send + Sync + 'static,
    F: Future<Output = u64> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(places));
    let mut known = HashMap::new();
    let mut fetches = JoinSet::new();
    loop {
        tokio::select! {
            request = inbox.recv() => match request {
                Some(Request { article, reply }) => match known.get(&article) {
                    Some(cents) => drop(reply.send(*cents)),
                    None => {
                        fetches.spawn(fetch(Arc::clone(&source), Arc::clone(&places), article, reply));
                    }
                },
                None => return known.len(),
            },
            Some(fetched) = fetches.join_next() => {
                let Ok(Some((article, cents, reply))) = fetched else { continue };
                known.insert(article, cents);
                let _ = reply.send(cents);
            }
        }
    }
}

/// Fetches a price, unless the client goes away before it is there.
async fn fetch<S, F>(
    source: Arc<S>,
    places: Arc<Semaphore>,
    article: String,
    mut reply: oneshot::Sender<u64>,
) -> Option<(String, u64, oneshot::Sender<u64>)>
where
    S: Fn(String) -> F,
    F: Future<Output = u64>,
{
    let work = async {
        let _place = places.acquire().await;
        source(article.clone()).await
    };
    let cents = tokio::select! {
        cents = work => cents,
        () = reply.closed() => return None,
    };
    Some((article, cents, reply))
}
