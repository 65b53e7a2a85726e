//! A log for each topic, of which the end is kept; a subscription is a place in it. Everybody reads the
//! same messages, so a topic holds no more of them with many subscribers than with one.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use tokio::sync::watch;

/// What a subscriber gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received<T> {
    /// A message.
    Message(T),
    /// So many messages were lost, because they were not read in time.
    Missed(u64),
}

/// The end of a log.
struct Log<T> {
    messages: VecDeque<T>,
    /// How many messages were published in all.
    published: u64,
    /// How many places there are in this log.
    subscriptions: usize,
}

type Topics<K, T> = Mutex<HashMap<K, watch::Sender<Log<T>>>>;

/// Where messages are published; dropping it closes all topics.
pub struct Hub<K: Eq + Hash, T> {
    room: usize,
    topics: Arc<Topics<K, T>>,
}

/// Access to the messages of one topic; dropping it is unsubscribing.
pub struct Subscription<K: Eq + Hash, T> {
    topic: K,
    /// How many messages of the log were read or missed.
    past: u64,
    log: watch::Receiver<Log<T>>,
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
        let mut topics = self.topics.lock().unwrap();
        let log = topics.entry(topic.clone()).or_insert_with(|| {
            watch::Sender::new(Log {
                messages: VecDeque::new(),
                published: 0,
                subscriptions: 0,
            })
        });
        log.send_modify(|log| log.subscriptions += 1);
        let log = log.subscribe();
        let past = log.borrow().published;
        Subscription {
            topic,
            past,
            log,
            topics: Arc::clone(&self.topics),
        }
    }

    /// Gives `message` to all who subscribe to `topic`, and says how many they are.
    pub fn publish(&self, topic: &K, message: T) -> usize {
        let topics = self.topics.lock().unwrap();
        let Some(log) = topics.get(topic) else {
            return 0;
        };
        log.send_modify(|log| {
            if log.messages.len() == self.room {
                log.messages.pop_front();
            }
            log.messages.push_back(message);
            log.published += 1;
        });
        log.borrow().subscriptions
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
    /// The next message, as soon as there is one, or how many were lost before it.
    pub async fn next(&mut self) -> Option<Received<T>> {
        let past = self.past;
        let log = self.log.wait_for(|log| log.published > past).await.ok()?;
        let lost = log.published - log.messages.len() as u64;
        if past < lost {
            self.past = lost;
            return Some(Received::Missed(lost - past));
        }
        let place = usize::try_from(past - lost).expect("a log fits into memory");
        self.past += 1;
        Some(Received::Message(log.messages[place].clone()))
    }
}

impl<K: Eq + Hash, T> Drop for Subscription<K, T> {
    fn drop(&mut self) {
        let mut topics = self.topics.lock().unwrap();
        let Some(log) = topics.get(&self.topic) else {
            return;
        };
        log.send_modify(|log| log.subscriptions -= 1);
        let nobody_is_left = log.borrow().subscriptions == 0;
        if nobody_is_left {
            topics.remove(&self.topic);
        }
    }
}
