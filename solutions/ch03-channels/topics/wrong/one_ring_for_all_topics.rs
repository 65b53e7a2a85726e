//! Wrong: one channel for all topics, and each subscriber picks out its own. A busy topic pushes the others out.
//! Caught by: a_busy_topic_harms_no_quiet_one

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

/// How many subscriptions each topic has.
type Topics<K> = Mutex<HashMap<K, usize>>;

/// Where messages are published; dropping it closes all topics.
pub struct Hub<K: Eq + Hash, T> {
    messages: broadcast::Sender<(K, T)>,
    topics: Arc<Topics<K>>,
}

/// Access to the messages of one topic; dropping it is unsubscribing.
pub struct Subscription<K: Eq + Hash, T> {
    topic: K,
    messages: broadcast::Receiver<(K, T)>,
    topics: Arc<Topics<K>>,
}

impl<K, T> Hub<K, T>
where
    K: Clone + Eq + Hash + Send + 'static,
    T: Clone + Send + 'static,
{
    /// A hub whose subscriptions have room for `room` messages each.
    pub fn new(room: NonZeroUsize) -> Self {
        Self {
            messages: broadcast::Sender::new(room.get()),
            topics: Arc::new(Mutex::new(HashMap::new())),
        }
    }

    /// Subscribes to what is published on `topic` from now on.
    pub fn subscribe(&self, topic: K) -> Subscription<K, T> {
        let mut topics = self.topics.lock().unwrap();
        *topics.entry(topic.clone()).or_default() += 1;
        Subscription {
            topic,
            messages: self.messages.subscribe(),
            topics: Arc::clone(&self.topics),
        }
    }

    /// Gives `message` to all who subscribe to `topic`, and says how many they are.
    pub fn publish(&self, topic: &K, message: T) -> usize {
        let topics = self.topics.lock().unwrap();
        let Some(subscriptions) = topics.get(topic) else {
            return 0;
        };
        let _ = self.messages.send((topic.clone(), message));
        *subscriptions
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
        loop {
            match self.messages.recv().await {
                Ok((topic, message)) if topic == self.topic => {
                    return Some(Received::Message(message));
                }
                Ok(_) => {}
                Err(RecvError::Lagged(missed)) => return Some(Received::Missed(missed)),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

impl<K: Eq + Hash, T> Drop for Subscription<K, T> {
    fn drop(&mut self) {
        let mut topics = self.topics.lock().unwrap();
        if let Some(subscriptions) = topics.get_mut(&self.topic) {
            *subscriptions -= 1;
            if *subscriptions == 0 {
                topics.remove(&self.topic);
            }
        }
    }
}
