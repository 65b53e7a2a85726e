//! Wrong: who goes away leaves his mailbox behind, for the next message to clear away.
//! Caught by: a_dropped_subscription_keeps_no_message_although_another_one_stays

use std::collections::{HashMap, VecDeque};
use std::future::poll_fn;
use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Poll, Waker};

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
    desk: Arc<Mutex<Desk<K, T>>>,
}

/// Access to the messages of one topic; dropping it is unsubscribing.
pub struct Subscription<K: Eq + Hash, T> {
    desk: Arc<Mutex<Desk<K, T>>>,
    id: u64,
    topic: K,
}

struct Desk<K, T> {
    open: bool,
    next_id: u64,
    boxes: HashMap<u64, Mailbox<T>>,
    topics: HashMap<K, Vec<u64>>,
    dead: Vec<u64>,
}

struct Mailbox<T> {
    messages: VecDeque<T>,
    missed: u64,
    waker: Option<Waker>,
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
            desk: Arc::new(Mutex::new(Desk {
                open: true,
                next_id: 0,
                boxes: HashMap::new(),
                topics: HashMap::new(),
                dead: Vec::new(),
            })),
        }
    }

    /// Subscribes to what is published on `topic` from now on.
    pub fn subscribe(&self, topic: K) -> Subscription<K, T> {
        let mut desk = self.desk.lock().unwrap();
        let id = desk.next_id;
        desk.next_id += 1;
        desk.boxes.insert(
            id,
            Mailbox {
                messages: VecDeque::new(),
                missed: 0,
                waker: None,
            },
        );
        desk.topics.entry(topic.clone()).or_default().push(id);
        Subscription {
            desk: Arc::clone(&self.desk),
            id,
            topic,
        }
    }

    /// Gives `message` to all who subscribe to `topic`, and says how many they are.
    pub fn publish(&self, topic: &K, message: T) -> usize {
        let mut desk = self.desk.lock().unwrap();
        let Desk {
            boxes,
            topics,
            dead,
            ..
        } = &mut *desk;
        for id in dead.drain(..) {
            boxes.remove(&id);
        }
        let Some(subscribers) = topics.get(topic) else {
            return 0;
        };
        for id in subscribers {
            let mailbox = boxes.get_mut(id).unwrap();
            if mailbox.messages.len() == self.room.get() {
                mailbox.messages.pop_front();
                mailbox.missed += 1;
            }
            mailbox.messages.push_back(message.clone());
            if let Some(waker) = mailbox.waker.take() {
                waker.wake();
            }
        }
        subscribers.len()
    }
}

impl<K: Eq + Hash, T> Drop for Hub<K, T> {
    fn drop(&mut self) {
        let mut desk = self.desk.lock().unwrap();
        desk.open = false;
        for mailbox in desk.boxes.values_mut() {
            if let Some(waker) = mailbox.waker.take() {
                waker.wake();
            }
        }
    }
}

impl<K: Eq + Hash, T> Drop for Subscription<K, T> {
    fn drop(&mut self) {
        let mut desk = self.desk.lock().unwrap();
        let mut old = None;
        desk.dead.push(self.id);
        if let Some(all) = desk.topics.get_mut(&self.topic) {
            all.retain(|id| *id != self.id);
            if all.is_empty() {
                desk.topics.remove(&self.topic);
                let Desk { boxes, dead, .. } = &mut *desk;
                old = Some(
                    dead.drain(..)
                        .map(|id| boxes.remove(&id))
                        .collect::<Vec<_>>(),
                );
            }
        }
        drop::<MutexGuard<'_, _>>(desk);
        drop(old);
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
        poll_fn(|cx| {
            let mut desk = self.desk.lock().unwrap();
            let open = desk.open;
            let mailbox = desk.boxes.get_mut(&self.id).unwrap();
            if mailbox.missed > 0 {
                return Poll::Ready(Some(Received::Missed(std::mem::take(&mut mailbox.missed))));
            }
            if let Some(message) = mailbox.messages.pop_front() {
                return Poll::Ready(Some(Received::Message(message)));
            }
            if !open {
                return Poll::Ready(None);
            }
            mailbox.waker = Some(cx.waker().clone());
            Poll::Pending
        })
        .await
    }
}
