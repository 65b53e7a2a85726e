//! Senders go through a turnstile. Only the one that is in it waits for room, so there is never more
//! than one to be told of it, and each that goes through makes way for the next.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use tokio::sync::Notify;

/// Sends orders. A clone is another sender of the same queue.
pub struct Sender<T>(Arc<Kitchen<T>>);

/// Receives orders.
pub struct Receiver<T>(Arc<Kitchen<T>>);

/// Says how many orders may be inside. A clone is for the same queue.
pub struct Limit<T>(Arc<Kitchen<T>>);

struct Kitchen<T> {
    state: Mutex<State<T>>,
    /// Who is in it looks for room; the others wait until it is their turn.
    turnstile: tokio::sync::Mutex<()>,
    room: Notify,
    order: Notify,
}

struct State<T> {
    inside: VecDeque<T>,
    limit: NonZeroUsize,
    senders: usize,
    closed: bool,
}

/// A queue in which at most `limit` orders wait.
#[must_use]
pub fn elastic_queue<T: Send + 'static>(limit: NonZeroUsize) -> (Sender<T>, Receiver<T>, Limit<T>) {
    let kitchen = Arc::new(Kitchen {
        state: Mutex::new(State {
            inside: VecDeque::new(),
            limit,
            senders: 1,
            closed: false,
        }),
        turnstile: tokio::sync::Mutex::new(()),
        room: Notify::new(),
        order: Notify::new(),
    });
    (
        Sender(Arc::clone(&kitchen)),
        Receiver(Arc::clone(&kitchen)),
        Limit(kitchen),
    )
}

impl<T: Send + 'static> Sender<T> {
    /// Puts an order into the queue, as soon as there is room.
    ///
    /// # Errors
    /// Gives the order back if the queue is closed or its receiver has gone, or if that happens
    /// while this waits.
    pub async fn send(&self, order: T) -> Result<(), T> {
        let kitchen = &*self.0;
        let _turn = kitchen.turnstile.lock().await;
        loop {
            {
                let mut state = kitchen.state.lock().unwrap();
                if state.closed {
                    return Err(order);
                }
                if state.inside.len() < state.limit.get() {
                    state.inside.push_back(order);
                    kitchen.order.notify_one();
                    return Ok(());
                }
            }
            kitchen.room.notified().await;
        }
    }
}

impl<T: Send + 'static> Receiver<T> {
    /// The order that has been inside for the longest time; `None` once the queue has ended and is
    /// empty.
    pub async fn recv(&mut self) -> Option<T> {
        loop {
            {
                let mut state = self.0.state.lock().unwrap();
                if let Some(order) = state.inside.pop_front() {
                    self.0.room.notify_one();
                    return Some(order);
                }
                if state.closed || state.senders == 0 {
                    return None;
                }
            }
            self.0.order.notified().await;
        }
    }

    /// Lets no more orders in.
    pub fn close(&mut self) {
        self.0.state.lock().unwrap().closed = true;
        self.0.room.notify_one();
    }
}

impl<T: Send + 'static> Limit<T> {
    /// Lets at most `limit` orders be inside from now on.
    pub fn set(&self, limit: NonZeroUsize) {
        self.0.state.lock().unwrap().limit = limit;
        self.0.room.notify_one();
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.state.lock().unwrap().senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap().senders -= 1;
        self.0.order.notify_one();
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap().closed = true;
        self.0.room.notify_one();
    }
}

impl<T> Clone for Limit<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}
