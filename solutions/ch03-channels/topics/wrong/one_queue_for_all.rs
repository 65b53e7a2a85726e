//! Wrong: one queue for all subscribers of a topic, so that each message reaches one of them. A guide calls this a broadcast: of 4 messages, its listeners got 4 in all.
//! Caught by: every_subscriber_gets_every_message_in_order

use std::collections::HashMap;
use std::hash::Hash;
use std::marker::PhantomData;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

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
    room: NonZeroUsize,
    topics: Mutex<HashMap<K, Topic<T>>>,
}

struct Topic<T> {
    sender: mpsc::Sender<T>,
    queue: Queue<T>,
    subscribers: usize,
}

type Queue<T> = Arc<tokio::sync::Mutex<mpsc::Receiver<T>>>;

/// Access to the messages of one topic; dropping it is unsubscribing.
pub struct Subscription<K: Eq + Hash, T> {
    queue: Queue<T>,
    topic: PhantomData<K>,
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
            topics: Mutex::new(HashMap::new()),
        }
    }

    /// Subscribes to what is published on `topic` from now on.
    pub fn subscribe(&self, topic: K) -> Subscription<K, T> {
        let mut topics = self.topics.lock().unwrap();
        let entry = topics.entry(topic).or_insert_with(|| {
            let (sender, messages) = mpsc::channel(self.room.get());
            let queue = Arc::new(tokio::sync::Mutex::new(messages));
            Topic {
                sender,
                queue,
                subscribers: 0,
            }
        });
        entry.subscribers += 1;
        Subscription {
            queue: Arc::clone(&entry.queue),
            topic: PhantomData,
        }
    }

    /// Gives `message` to all who subscribe to `topic`, and says how many they are.
    pub fn publish(&self, topic: &K, message: T) -> usize {
        let topics = self.topics.lock().unwrap();
        let Some(topic) = topics.get(topic) else {
            return 0;
        };
        let _ = topic.sender.try_send(message);
        topic.subscribers
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
        self.queue.lock().await.recv().await.map(Received::Message)
    }
}
