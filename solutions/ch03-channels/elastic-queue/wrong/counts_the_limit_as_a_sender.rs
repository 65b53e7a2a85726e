//! Wrong: a limit is made as one would in Go, from the sending end. As long as somebody may change it, the queue does not end.
//! Caught by: a_limit_does_not_keep_the_queue_open

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::Notify;

/// Sends orders. A clone is another sender of the same queue.
pub struct Sender<T>(Arc<Shared<T>>);

/// Receives orders.
pub struct Receiver<T>(Arc<Shared<T>>);

/// Says how many orders may be inside. A clone is for the same queue.
pub struct Limit<T>(Sender<T>);

struct Shared<T> {
    state: Mutex<State<T>>,
    /// Rung when there may be room, or when there never will be.
    room: Notify,
    /// Rung when there is an order, or when there never will be another.
    news: Notify,
}

struct State<T> {
    orders: VecDeque<T>,
    limit: usize,
    senders: usize,
    closed: bool,
}

impl<T> Shared<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap()
    }

    fn close(&self) {
        self.state().closed = true;
        self.room.notify_waiters();
    }
}

/// A queue in which at most `limit` orders wait.
#[must_use]
pub fn elastic_queue<T: Send + 'static>(limit: NonZeroUsize) -> (Sender<T>, Receiver<T>, Limit<T>) {
    let shared = Arc::new(Shared {
        state: Mutex::new(State {
            orders: VecDeque::new(),
            limit: limit.get(),
            senders: 1,
            closed: false,
        }),
        room: Notify::new(),
        news: Notify::new(),
    });
    let sender = Sender(Arc::clone(&shared));
    (sender.clone(), Receiver(shared), Limit(sender))
}

impl<T: Send + 'static> Sender<T> {
    /// Puts an order into the queue, as soon as there is room.
    ///
    /// # Errors
    /// Gives the order back if the queue is closed or its receiver has gone, or if that happens
    /// while this waits.
    pub async fn send(&self, order: T) -> Result<(), T> {
        loop {
            // Listens before it looks.
            let room = self.0.room.notified();
            {
                let mut state = self.0.state();
                if state.closed {
                    return Err(order);
                }
                if state.orders.len() < state.limit {
                    state.orders.push_back(order);
                    self.0.news.notify_one();
                    return Ok(());
                }
            }
            room.await;
        }
    }
}

impl<T: Send + 'static> Receiver<T> {
    /// The order that has been inside for the longest time; `None` once the queue has ended and is
    /// empty.
    pub async fn recv(&mut self) -> Option<T> {
        loop {
            {
                let mut state = self.0.state();
                if let Some(order) = state.orders.pop_front() {
                    self.0.room.notify_waiters();
                    return Some(order);
                }
                if state.closed || state.senders == 0 {
                    return None;
                }
            }
            self.0.news.notified().await;
        }
    }

    /// Lets no more orders in.
    pub fn close(&mut self) {
        self.0.close();
    }
}

impl<T: Send + 'static> Limit<T> {
    /// Lets at most `limit` orders be inside from now on.
    pub fn set(&self, limit: NonZeroUsize) {
        let Sender(shared) = &self.0;
        shared.state().limit = limit.get();
        shared.room.notify_waiters();
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.state().senders -= 1;
        self.0.news.notify_one();
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.state().senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Clone for Limit<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
