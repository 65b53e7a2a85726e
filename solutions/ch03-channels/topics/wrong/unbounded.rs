//! Wrong: an unbounded channel for each subscriber. Nothing is lost, and a slow subscriber fills the memory.
//! Caught by: a_slow_subscriber_keeps_no_more_than_it_has_room_for

use std::collections::HashMap;
use std::hash::Hash;
use std::marker::PhantomData;
use std::num::NonZeroUsize;
use std::sync::Mutex;

use tokio::sync::mpsc;

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
    topics: Mutex<HashMap<K, Vec<mpsc::UnboundedSender<T>>>>,
}

/// Access to the messages of one topic; dropping it is unsubscribing.
pub struct Subscription<K: Eq + Hash, T> {
    messages: mpsc::UnboundedReceiver<T>,
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
        let (subscriber, messages) = mpsc::unbounded_channel();
        let mut topics = self.topics.lock().unwrap();
        topics.entry(topic).or_default().push(subscriber);
        Subscription {
            messages,
            topic: PhantomData,
        }
    }

    /// Gives `message` to all who subscribe to `topic`, and says how many they are.
    pub fn publish(&self, topic: &K, message: T) -> usize {
        let mut topics = self.topics.lock().unwrap();
        let Some(subscribers) = topics.get_mut(topic) else {
            return 0;
        };
        subscribers.retain(|subscriber| subscriber.send(message.clone()).is_ok());
        let told = subscribers.len();
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
        self.messages.recv().await.map(Received::Message)
    }
}
