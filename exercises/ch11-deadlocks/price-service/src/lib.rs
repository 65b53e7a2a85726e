//! A service that fetches prices for its clients and remembers them.
//!
//! The job: make the service right. It works while its clients are patient and stay.
//!
//! The rules:
//!
//! - [`Prices::price`] answers with what the source says. A price that has been given as an answer
//!   is remembered and not fetched again.
//! - At most `places` fetches are under way at a time; other articles wait for a place. A
//!   remembered price needs none.
//! - A slow fetch delays nobody who waits for something else. An answer arrives when the source has
//!   it, not later.
//! - A client may give up at any time, by dropping the future of `price` (a timeout does that). Its
//!   place is free at once, and nobody else notices.
//! - When the last [`Prices`] is gone, the service ends, leaves nothing running, and returns how
//!   many prices it remembers.
//!
//! Clients that ask for the same unknown article at the same time may cause a fetch each. You may
//! change everything in this file but the signatures of what is public.

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
                    let _place = places.acquire().await;
                    let cents = source(article.clone()).await;
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
