//! A broadcast channel for each topic that somebody subscribes to. Its receivers keep their own place and
//! count what they missed. The map of the channels is shared with the subscriptions, so that the last one
//! of a topic can clear it away; the hub empties it at its end, or the senders would outlive it.

use std::collections::HashMap;
use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// What a subscriber gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received<T> {
    /// A message.
    Message(T),
    /// So many messages were lost, because they were not read in time.
    Missed(u64),
}

/// The topics that somebody subscribes to.
type Topics<K, T> = Mutex<HashMap<K, Topic<T>>>;

struct Topic<T> {
    channel: broadcast::Sender<T>,
    /// Counted here, since a receiver counts as one until after its subscription was dropped.
    subscriptions: usize,
}

/// Where messages are published; dropping it closes all topics.
pub struct Hub<K: Eq + Hash, T> {
    room: NonZeroUsize,
    topics: Arc<Topics<K, T>>,
}

/// Access to the messages of one topic; dropping it is unsubscribing.
pub struct Subscription<K: Eq + Hash, T> {
    topic: K,
    messages: broadcast::Receiver<T>,
    topics: Arc<Topics<K, T>>,
}

impl<K, T> Hub<K, T>
where
    K: Clone + Eq + Hash + Send + 'static,
    T: Clone + Send + 'static,
{
    /// A hub whose subscriptions have room for `room` messages each.
    pub fn new(room: NonZeroUsize) -> Self {
        Self {
            room,
            topics: Arc::new(Mutex::new(HashMap::new())),
        }
    }

    /// Subscribes to what is published on `topic` from now on.
    pub fn subscribe(&self, topic: K) -> Subscription<K, T> {
        let mut topics = self.topics.lock().unwrap();
        let entry = topics.entry(topic.clone()).or_insert_with(|| Topic {
            channel: broadcast::Sender::new(self.room.get()),
            subscriptions: 0,
        });
        entry.subscriptions += 1;
        Subscription {
            topic,
            messages: entry.channel.subscribe(),
            topics: Arc::clone(&self.topics),
        }
    }

    /// Gives `message` to all who subscribe to `topic`, and says how many they are.
    pub fn publish(&self, topic: &K, message: T) -> usize {
        let topics = self.topics.lock().unwrap();
        let Some(topic) = topics.get(topic) else {
            return 0;
        };
        let _ = topic.channel.send(message);
        topic.subscriptions
    }
}

impl<K: Eq + Hash, T> Drop for Hub<K, T> {
    fn drop(&mut self) {
        self.topics.lock().unwrap().clear();
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
        match self.messages.recv().await {
            Ok(message) => Some(Received::Message(message)),
            Err(RecvError::Lagged(missed)) => Some(Received::Missed(missed)),
            Err(RecvError::Closed) => None,
        }
    }
}

impl<K: Eq + Hash, T> Drop for Subscription<K, T> {
    fn drop(&mut self) {
        let mut topics = self.topics.lock().unwrap();
        let Some(topic) = topics.get_mut(&self.topic) else {
            return;
        };
        topic.subscriptions -= 1;
        if topic.subscriptions == 0 {
            topics.remove(&self.topic);
        }
    }
}
