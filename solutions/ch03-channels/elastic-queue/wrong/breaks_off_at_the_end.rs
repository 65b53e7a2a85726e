//! Wrong: a task with a buffer between two channels, as a guide has it. When the last sender has gone it breaks off, and what is in the buffer goes with it: in Go 1 of 100 values arrives.
//! Caught by: what_went_in_comes_out_before_the_end

use std::collections::VecDeque;
use std::marker::PhantomData;
use std::num::NonZeroUsize;

use tokio::sync::{mpsc, watch};

/// Sends orders. A clone is another sender of the same queue.
pub struct Sender<T>(mpsc::Sender<T>);

/// Receives orders.
pub struct Receiver<T> {
    orders: mpsc::Receiver<T>,
    closed: watch::Sender<bool>,
}

/// Says how many orders may be inside. A clone is for the same queue.
pub struct Limit<T> {
    limit: watch::Sender<usize>,
    queue: PhantomData<fn(T)>,
}

/// A queue in which at most `limit` orders wait.
#[must_use]
pub fn elastic_queue<T: Send + 'static>(limit: NonZeroUsize) -> (Sender<T>, Receiver<T>, Limit<T>) {
    let (sender, mut input) = mpsc::channel::<T>(1);
    let (output, orders) = mpsc::channel::<T>(1);
    let (limit, mut current) = watch::channel(limit.get());
    let (closed, mut end) = watch::channel(false);
    tokio::spawn(async move {
        let mut buffer = VecDeque::new();
        loop {
            let has_room = buffer.len() < *current.borrow();
            tokio::select! {
                order = input.recv(), if has_room => match order {
                    Some(order) => buffer.push_back(order),
                    None => break,
                },
                place = output.reserve(), if !buffer.is_empty() => match place {
                    Ok(place) => place.send(buffer.pop_front().unwrap()),
                    Err(_) => break,
                },
                Ok(()) = current.changed() => {}
                Ok(()) = end.changed() => input.close(),
                () = output.closed() => break,
            }
        }
    });
    (
        Sender(sender),
        Receiver { orders, closed },
        Limit {
            limit,
            queue: PhantomData,
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
        self.0.send(order).await.map_err(|error| error.0)
    }
}

impl<T: Send + 'static> Receiver<T> {
    /// The order that has been inside for the longest time; `None` once the queue has ended and is
    /// empty.
    pub async fn recv(&mut self) -> Option<T> {
        self.orders.recv().await
    }

    /// Lets no more orders in.
    pub fn close(&mut self) {
        self.closed.send_replace(true);
    }
}

impl<T: Send + 'static> Limit<T> {
    /// Lets at most `limit` orders be inside from now on.
    pub fn set(&self, limit: NonZeroUsize) {
        self.limit.send_replace(limit.get());
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Clone for Limit<T> {
    fn clone(&self) -> Self {
        Self {
            limit: self.limit.clone(),
            queue: PhantomData,
        }
    }
}
