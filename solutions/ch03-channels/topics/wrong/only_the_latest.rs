//! Wrong: a cell with the latest message, and a mark whether it was seen. What comes in between is lost, and nobody knows how much.
//! Caught by: a_subscriber_that_keeps_up_misses_nothing

use std::collections::HashMap;
use std::hash::Hash;
use std::marker::PhantomData;
use std::num::NonZeroUsize;
use std::sync::Mutex;

use tokio::sync::watch;

/// What a subscriber gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received<T> {
    /// A message.
    Message(T),
    /// So many messages were lost, because they were not read in time.
    Missed(u64),
}

/// Where messages are published; dropping it closes all topics.
pub struct Hub<K: Eq + Hash, T> {
    topics: Mutex<HashMap<K, watch::Sender<Option<T>>>>,
}

/// Access to the messages of one topic; dropping it is unsubscribing.
pub struct Subscription<K: Eq + Hash, T> {
    messages: watch::Receiver<Option<T>>,
    topic: PhantomData<K>,
}

impl<K, T> Hub<K, T>
where
    K: Clone + Eq + Hash + Send + 'static,
    T: Clone + Send + 'static,
{
    /// A hub whose subscriptions have room for `room` messages each.
    pub fn new(_room: NonZeroUsize) -> Self {
        Self {
            topics: Mutex::new(HashMap::new()),
        }
    }

    /// Subscribes to what is published on `topic` from now on.
    pub fn subscribe(&self, topic: K) -> Subscription<K, T> {
        let mut topics = self.topics.lock().unwrap();
        let cell = topics
            .entry(topic)
            .or_insert_with(|| watch::Sender::new(None));
        let messages = cell.subscribe();
        Subscription {
            messages,
            topic: PhantomData,
        }
    }

    /// Gives `message` to all who subscribe to `topic`, and says how many they are.
    pub fn publish(&self, topic: &K, message: T) -> usize {
        let mut topics = self.topics.lock().unwrap();
        let Some(cell) = topics.get(topic) else {
            return 0;
        };
        let told = cell.receiver_count();
        cell.send_replace(Some(message));
        if told == 0 {
            topics.remove(topic);
        }
        told
    }
}

impl<K, T> Subscription<K, T>
where
    K: Clone + Eq + Hash + Send + 'static,
    T: Clone + Send + 'static,
{
    /// The next message, as soon as there is one, or how many were lost before it; `None` when the hub
    /// is gone and everything was read.
    pub async fn next(&mut self) -> Option<Received<T>> {
        self.messages.changed().await.ok()?;
        self.messages
            .borrow_and_update()
            .clone()
            .map(Received::Message)
    }
}
