//! A task as porter: it counts, and hands out places. Nobody else knows the limit. A place that nobody
//! uses finds its own way back.

use std::collections::VecDeque;
use std::marker::PhantomData;
use std::num::NonZeroUsize;

use tokio::sync::{mpsc, oneshot};

/// Sends orders. A clone is another sender of the same queue.
pub struct Sender<T> {
    orders: mpsc::UnboundedSender<T>,
    porter: Porter,
}

/// Receives orders.
pub struct Receiver<T> {
    orders: mpsc::UnboundedReceiver<T>,
    porter: Porter,
}

/// Says how many orders may be inside. A clone is for the same queue.
pub struct Limit<T> {
    porter: Porter,
    queue: PhantomData<fn(T)>,
}

/// How the others speak to the porter.
type Porter = mpsc::UnboundedSender<Message>;

enum Message {
    /// Somebody would like to send an order, and waits for a place.
    Knocks(oneshot::Sender<Place>),
    /// A place is free again.
    OneIsFree,
    Limit(usize),
    Closed,
}

/// The right to put one order in; it goes back to the porter if it is not used.
struct Place(Option<Porter>);

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(porter) = self.0.take() {
            let _ = porter.send(Message::OneIsFree);
        }
    }
}

/// Lets people in until nobody can speak to him any more.
async fn keep_the_door(
    mut limit: usize,
    porter: mpsc::WeakUnboundedSender<Message>,
    mut messages: mpsc::UnboundedReceiver<Message>,
) {
    let mut taken = 0;
    let mut closed = false;
    let mut waiting = VecDeque::new();
    while let Some(message) = messages.recv().await {
        match message {
            // Whoever knocks at a closed door is told by the end of what it waits for.
            Message::Knocks(_) if closed => {}
            Message::Knocks(who) => waiting.push_back(who),
            Message::OneIsFree => taken -= 1,
            Message::Limit(new) => limit = new,
            Message::Closed => {
                closed = true;
                waiting.clear();
            }
        }
        while taken < limit
            && let Some(who) = waiting.pop_front()
        {
            taken += 1;
            // If nobody waits there any more, the place comes back by itself.
            let _ = who.send(Place(porter.upgrade()));
        }
    }
}

/// A queue in which at most `limit` orders wait.
#[must_use]
pub fn elastic_queue<T: Send + 'static>(limit: NonZeroUsize) -> (Sender<T>, Receiver<T>, Limit<T>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let (porter, messages) = mpsc::unbounded_channel();
    let own = porter.downgrade();
    tokio::spawn(keep_the_door(limit.get(), own, messages));
    (
        Sender {
            orders: sender,
            porter: porter.clone(),
        },
        Receiver {
            orders: receiver,
            porter: porter.clone(),
        },
        Limit {
            porter,
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
        let (reply, place) = oneshot::channel();
        let _ = self.porter.send(Message::Knocks(reply));
        let Ok(mut place) = place.await else {
            return Err(order);
        };
        self.orders.send(order).map_err(|error| error.0)?;
        place.0 = None;
        Ok(())
    }
}

impl<T: Send + 'static> Receiver<T> {
    /// The order that has been inside for the longest time; `None` once the queue has ended and is
    /// empty.
    pub async fn recv(&mut self) -> Option<T> {
        let order = self.orders.recv().await?;
        let _ = self.porter.send(Message::OneIsFree);
        Some(order)
    }

    /// Lets no more orders in.
    pub fn close(&mut self) {
        self.orders.close();
        let _ = self.porter.send(Message::Closed);
    }
}

impl<T: Send + 'static> Limit<T> {
    /// Lets at most `limit` orders be inside from now on.
    pub fn set(&self, limit: NonZeroUsize) {
        let _ = self.porter.send(Message::Limit(limit.get()));
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let _ = self.porter.send(Message::Closed);
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self {
            orders: self.orders.clone(),
            porter: self.porter.clone(),
        }
    }
}

impl<T> Clone for Limit<T> {
    fn clone(&self) -> Self {
        Self {
            porter: self.porter.clone(),
            queue: PhantomData,
        }
    }
}
