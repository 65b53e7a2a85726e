//! Wrong: the end of the hub wakes one subscriber of each topic.
//! Caught by: closing_ends_those_who_wait

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

struct Log<T> {
    state: Mutex<State<T>>,
    changed: Notify,
}

struct State<T> {
    messages: VecDeque<T>,
    published: u64,
    subscriptions: usize,
    open: bool,
}

type Topics<K, T> = Mutex<HashMap<K, Arc<Log<T>>>>;

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
    log: Arc<Log<T>>,
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
            Arc::new(Log {
                state: Mutex::new(State {
                    messages: VecDeque::new(),
                    published: 0,
                    subscriptions: 0,
                    open: true,
                }),
                changed: Notify::new(),
            })
        });
        let log = Arc::clone(log);
        log.state.lock().unwrap().subscriptions += 1;
        let past = log.state.lock().unwrap().published;
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
        let mut state = log.state.lock().unwrap();
        if state.messages.len() == self.room {
            state.messages.pop_front();
        }
        state.messages.push_back(message);
        state.published += 1;
        log.changed.notify_waiters();
        state.subscriptions
    }
}

impl<K: Eq + Hash, T> Drop for Hub<K, T> {
    fn drop(&mut self) {
        for (_, log) in self.topics.lock().unwrap().drain() {
            log.state.lock().unwrap().open = false;
            log.changed.notify_one();
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
        let past = self.past;
        let log = loop {
            let notified = self.log.changed.notified();
            tokio::pin!(notified);
            notified.as_mut().enable();
            {
                let state = self.log.state.lock().unwrap();
                if state.published > past {
                    break state;
                }
                if !state.open {
                    return None;
                }
            }
            notified.await;
        };
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
        let mut state = log.state.lock().unwrap();
        state.subscriptions -= 1;
        let nobody_is_left = state.subscriptions == 0;
        drop(state);
        if nobody_is_left {
            topics.remove(&self.topic);
        }
    }
}
