//! # Elastic queue
//!
//! A kitchen takes orders from many tables. How many may wait depends on the hour: at noon the
//! limit is raised, in the evening it is lowered, and the kitchen works on meanwhile. A channel, in
//! Go as in tokio, has the capacity it was made with. The usual way out is a second channel and
//! somebody who carries everything over. It loses orders or serves them in the wrong order: a
//! guide's version in 498 of 500 runs. A limit of 0 does not exist here, and its type says so,
//! where tokio's `mpsc::channel(0)` panics.
//!
//! Below is a version in which a semaphore counts the places. It is nearly right.
//!
//! The rules:
//!
//! - An order is *inside* from when its `send` is over until it is received. Orders come out in the
//!   order in which they went in; so what one task sends one after the other comes out in that
//!   order, whatever happens to the limit. Which of several waiting senders goes in first is not
//!   said.
//! - [`Sender::send`] waits as long as the limit, or more, is inside.
//! - [`Limit::set`] with more: as many waiting senders as there is room for go on at once. With
//!   less: what is inside stays, and all other orders wait until there is room under the new limit,
//!   also those that wait already. (If room was made for one of them before the change, it may
//!   still go in.) What counts is the limit that was set last, however many were set before it.
//!   Every limit is one, up to the highest.
//! - The end comes when the last sender has gone, or with [`Receiver::close`]. From then on
//!   [`Receiver::recv`] returns what is still inside, and after that `None`. A [`Limit`] does not
//!   keep the queue open.
//! - After `close`, or when the receiver has gone, orders are given back: to those who send then
//!   and to those who already wait.
//! - A call whose future is dropped before it is over (a timeout, a `select!`) did nothing. A
//!   dropped `send` has put nothing in, a dropped `recv` has taken nothing out, and nobody else
//!   waits any longer because of it.
//! - Whoever waits sleeps until there is something to do: no polling. Nobody sleeps while he could
//!   go on, in whatever task he waits. When all handles are gone, nothing is left running.
//!
//! You may change everything in this file but the signatures of what is public.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use tokio::sync::{Semaphore, mpsc};

/// Sends orders. A clone is another sender of the same queue.
pub struct Sender<T> {
    orders: mpsc::UnboundedSender<T>,
    places: Arc<Places>,
}

/// Receives orders.
pub struct Receiver<T> {
    orders: mpsc::UnboundedReceiver<T>,
    places: Arc<Places>,
}

/// Says how many orders may be inside. A clone is for the same queue.
pub struct Limit<T> {
    places: Arc<Places>,
    queue: std::marker::PhantomData<fn(T)>,
}

struct Places {
    free: Semaphore,
    limit: Mutex<usize>,
}

/// A queue in which at most `limit` orders wait.
#[must_use]
pub fn elastic_queue<T: Send + 'static>(limit: NonZeroUsize) -> (Sender<T>, Receiver<T>, Limit<T>) {
    let limit = limit.get();
    let places = Arc::new(Places {
        free: Semaphore::new(limit),
        limit: Mutex::new(limit),
    });
    let (sender, receiver) = mpsc::unbounded_channel();
    (
        Sender {
            orders: sender,
            places: Arc::clone(&places),
        },
        Receiver {
            orders: receiver,
            places: Arc::clone(&places),
        },
        Limit {
            places,
            queue: std::marker::PhantomData,
        },
    )
}

impl<T: Send + 'static> Sender<T> {
    /// Puts an order into the queue, as soon as there is room.
    ///
    /// # Errors
    /// Gives the order back if the queue is closed or its receiver has gone, or if that happens
    /// while this waits.
    pub async fn send(&self, order: T) -> Result<(), T> {
        if let Ok(place) = self.places.free.acquire().await {
            place.forget();
        }
        self.orders.send(order).map_err(|error| error.0)
    }
}

impl<T: Send + 'static> Receiver<T> {
    /// The order that has been inside for the longest time; `None` once the queue has ended and is
    /// empty.
    pub async fn recv(&mut self) -> Option<T> {
        let order = self.orders.recv().await?;
        self.places.free.add_permits(1);
        Some(order)
    }

    /// Lets no more orders in.
    pub fn close(&mut self) {
        self.orders.close();
    }
}

impl<T: Send + 'static> Limit<T> {
    /// Lets at most `limit` orders be inside from now on.
    pub fn set(&self, limit: NonZeroUsize) {
        let mut now = self.places.limit.lock().unwrap();
        if limit.get() > *now {
            self.places.free.add_permits(limit.get() - *now);
        } else {
            self.places.free.forget_permits(*now - limit.get());
        }
        *now = limit.get();
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self {
            orders: self.orders.clone(),
            places: Arc::clone(&self.places),
        }
    }
}

impl<T> Clone for Limit<T> {
    fn clone(&self) -> Self {
        Self {
            places: Arc::clone(&self.places),
            queue: std::marker::PhantomData,
        }
    }
}
