//! A mailbox for each subscription, which counts what falls out of it, and a bell that rings when
//! something changes.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use tokio::sync::Notify;

/// What a subscriber gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received<T> {
    /// A message.
    Message(T),
    /// So many messages were lost, because they were not read in time.
    Missed(u64),
}

struct Mailbox<T> {
    content: Mutex<Content<T>>,
    bell: Notify,
}

struct Content<T> {
    messages: VecDeque<T>,
    missed: u64,
    closed: bool,
}

impl<T> Mailbox<T> {
    fn put(&self, room: usize, message: T) {
        let mut content = self.content.lock().unwrap();
        if content.messages.len() == room {
            content.messages.pop_front();
            content.missed += 1;
        }
        content.messages.push_back(message);
        self.bell.notify_one();
    }

    fn close(&self) {
        self.content.lock().unwrap().closed = true;
        self.bell.notify_one();
    }
}

impl<T> Content<T> {
    fn take(&mut self) -> Option<Received<T>> {
        if self.missed > 0 {
            return Some(Received::Missed(std::mem::take(&mut self.missed)));
        }
        self.messages.pop_front().map(Received::Message)
    }
}

type Topics<K, T> = Mutex<HashMap<K, Vec<Arc<Mailbox<T>>>>>;

/// Where messages are published; dropping it closes all topics.
pub struct Hub<K: Eq + Hash, T> {
    room: usize,
    topics: Arc<Topics<K, T>>,
}

/// Access to the messages of one topic; dropping it is unsubscribing.
pub struct Subscription<K: Eq + Hash, T> {
    topic: K,
    mailbox: Arc<Mailbox<T>>,
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
            room: room.get(),
            topics: Arc::new(Mutex::new(HashMap::new())),
        }
    }

    /// Subscribes to what is published on `topic` from now on.
    pub fn subscribe(&self, topic: K) -> Subscription<K, T> {
        let mailbox = Arc::new(Mailbox {
            content: Mutex::new(Content {
                messages: VecDeque::new(),
                missed: 0,
                closed: false,
            }),
            bell: Notify::new(),
        });
        let mut topics = self.topics.lock().unwrap();
        let mailboxes = topics.entry(topic.clone()).or_default();
        mailboxes.push(Arc::clone(&mailbox));
        Subscription {
            topic,
            mailbox,
            topics: Arc::clone(&self.topics),
        }
    }

    /// Gives `message` to all who subscribe to `topic`, and says how many they are.
    pub fn publish(&self, topic: &K, message: T) -> usize {
        let topics = self.topics.lock().unwrap();
        let mailboxes = topics.get(topic).map_or(&[][..], Vec::as_slice);
        for mailbox in mailboxes {
            mailbox.put(self.room, message.clone());
        }
        mailboxes.len()
    }
}

impl<K: Eq + Hash, T> Drop for Hub<K, T> {
    fn drop(&mut self) {
        for (_, mailboxes) in self.topics.lock().unwrap().drain() {
            for mailbox in mailboxes {
                mailbox.close();
            }
        }
    }
}

impl<K, T> Subscription<K, T>
where
    K: Clone + Eq + Hash + Send + 'static,
    T: Clone + Send + 'static,
{
    /// The next message, as soon as there is one, or how many were lost before it.
    pub async fn next(&mut self) -> Option<Received<T>> {
        loop {
            {
                let mut content = self.mailbox.content.lock().unwrap();
                let received = content.take();
                if received.is_some() || content.closed {
                    return received;
                }
            }
            self.mailbox.bell.notified().await;
        }
    }
}

impl<K: Eq + Hash, T> Drop for Subscription<K, T> {
    fn drop(&mut self) {
        let mut topics = self.topics.lock().unwrap();
        let Some(mailboxes) = topics.get_mut(&self.topic) else {
            return;
        };
        mailboxes.retain(|mailbox| !Arc::ptr_eq(mailbox, &self.mailbox));
        if mailboxes.is_empty() {
            topics.remove(&self.topic);
        }
    }
}
