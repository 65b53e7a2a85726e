//! Wrong: the service keeps a sender of its own inbox for its fetches, and then waits for the inbox to end.
//! Caught by: the_service_ends_when_the_last_client_is_gone

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::JoinHandle;

/// A client's access to the service; clone it for another client.
#[derive(Clone)]
pub struct Prices {
    messages: mpsc::Sender<Message>,
}

impl Prices {
    /// The price of `article` in cents.
    pub async fn price(&self, article: &str) -> u64 {
        let article = article.to_owned();
        let (reply, answer) = oneshot::channel();
        let ask = Message::Ask { article, reply };
        let sent = self.messages.send(ask).await;
        sent.expect("the service lives as long as its clients");
        answer.await.expect("the service answers")
    }
}

/// What the service is told.
enum Message {
    /// A client asks for a price.
    Ask {
        article: String,
        reply: oneshot::Sender<u64>,
    },
    /// A fetch has come to its end.
    Fetched {
        article: String,
        cents: u64,
        reply: oneshot::Sender<u64>,
    },
}

/// Starts a service that fetches from `source`, with at most `places` fetches at a time.
pub fn start<S, F>(source: S, places: usize) -> (Prices, JoinHandle<usize>)
where
    S: Fn(String) -> F + Send + Sync + 'static,
    F: Future<Output = u64> + Send + 'static,
{
    let (messages, inbox) = mpsc::channel(16);
    let prices = Prices {
        messages: messages.clone(),
    };
    let service = tokio::spawn(serve(Arc::new(source), places, messages, inbox));
    (prices, service)
}

async fn serve<S, F>(
    source: Arc<S>,
    places: usize,
    messages: mpsc::Sender<Message>,
    mut inbox: mpsc::Receiver<Message>,
) -> usize
where
    S: Fn(String) -> F + Send + Sync + 'static,
    F: Future<Output = u64> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(places));
    let mut known = HashMap::new();
    while let Some(message) = inbox.recv().await {
        match message {
            Message::Ask { article, reply } => {
                if let Some(cents) = known.get(&article) {
                    let _ = reply.send(*cents);
                    continue;
                }
                let (source, places) = (Arc::clone(&source), Arc::clone(&places));
                let messages = messages.clone();
                tokio::spawn(async move {
                    let mut reply = reply;
                    let work = async {
                        let _place = places.acquire().await;
                        source(article.clone()).await
                    };
                    let cents = tokio::select! {
                        cents = work => cents,
                        () = reply.closed() => return,
                    };
                    let fetched = Message::Fetched {
                        article,
                        cents,
                        reply,
                    };
                    let _ = messages.send(fetched).await;
                });
            }
            Message::Fetched {
                article,
                cents,
                reply,
            } => {
                known.insert(article, cents);
                let _ = reply.send(cents);
            }
        }
    }
    known.len()
}
