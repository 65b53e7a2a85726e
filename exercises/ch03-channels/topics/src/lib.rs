//! # Topics
//!
//! A trading desk publishes prices by topic; screens and archives subscribe. One of them is slow, now
//! and then. In Go each subscriber has a buffered channel, and the publisher sends with a `select` that
//! has a `default`: what does not fit is dropped, and nobody is told.
//!
//! Below is that version, for tokio. As long as everybody keeps up, it works.
//!
//! The rules:
//!
//! - [`Hub::publish`] never waits. It returns how many subscriptions the message was given to: those of
//!   its topic that exist at that moment.
//! - Each subscription gets every message that is published on its topic after it was made, in the
//!   order of publishing; all that wait get it at once, in whatever task they wait.
//! - A subscription has room for `room` messages that were not read yet; it may have more, but less than
//!   twice as much. If there are more, it loses the oldest ones. [`Subscription::next`] then says first
//!   how many were lost since the last answer, and goes on with the oldest message that is left.
//! - What one subscription does or does not read changes nothing for the others. Nor does a busy topic
//!   for a quiet one.
//! - A subscriber may give up waiting, by dropping the future of `next`, and loses nothing by it.
//! - To drop a subscription is to unsubscribe: what it has not read is gone from memory. Of a topic that
//!   nobody subscribes to, nothing is kept: no message and no name, not even for a while.
//! - When the hub is dropped, subscribers still read what was published before, and what they missed;
//!   then `next` returns `None`. When hub and subscriptions are gone, nothing is left running.
//!
//! You may change everything in this file but the signatures of what is public.

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
    room: NonZeroUsize,
    topics: Mutex<HashMap<K, Vec<mpsc::Sender<T>>>>,
}

/// Access to the messages of one topic; dropping it is unsubscribing.
pub struct Subscription<K: Eq + Hash, T> {
    messages: mpsc::Receiver<T>,
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
        let (subscriber, messages) = mpsc::channel(self.room.get());
        let mut topics = self.topics.lock().unwrap();
        topics.entry(topic).or_default().push(subscriber);
        Subscription {
            messages,
            topic: PhantomData,
        }
    }

    /// Gives `message` to all who subscribe to `topic`, and says how many they are.
    pub fn publish(&self, topic: &K, message: T) -> usize {
        let topics = self.topics.lock().unwrap();
        let Some(subscribers) = topics.get(topic) else {
            return 0;
        };
        for subscriber in subscribers {
            let _ = subscriber.try_send(message.clone());
        }
        subscribers.len()
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
