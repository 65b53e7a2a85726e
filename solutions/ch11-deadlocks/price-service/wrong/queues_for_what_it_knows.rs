//! Wrong: takes a place first and looks into its memory then.
//! Caught by: a_remembered_price_needs_no_place

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::{JoinHandle, JoinSet};

type Known = Arc<Mutex<HashMap<String, u64>>>;

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
    let known = Known::default();
    let mut answers = JoinSet::new();
    while let Some(Request { article, mut reply }) = inbox.recv().await {
        let (source, places) = (Arc::clone(&source), Arc::clone(&places));
        let known = Arc::clone(&known);
        answers.spawn(async move {
            let work = async {
                let _place = places.acquire().await;
                let found = known.lock().unwrap().get(&article).copied();
                match found {
                    Some(cents) => cents,
                    None => source(article.clone()).await,
                }
            };
            let cents = tokio::select! {
                cents = work => cents,
                () = reply.closed() => return,
            };
            known.lock().unwrap().insert(article, cents);
            let _ = reply.send(cents);
        });
    }
    known.lock().unwrap().len()
}
