//! Wrong: makes a second channel and carries the orders over, as a guide does. What is sent to the new one meanwhile overtakes them (in Go in 498 of 500 runs), and who waits at the old one still waits there.
//! Caught by: a_change_of_the_limit_changes_no_order

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;

/// Sends orders. A clone is another sender of the same queue.
pub struct Sender<T> {
    door: Arc<Mutex<Option<mpsc::Sender<T>>>>,
    /// The door is shut when the last of these has gone.
    alive: Arc<Alive<T>>,
}

/// Receives orders.
pub struct Receiver<T> {
    orders: mpsc::Receiver<T>,
    moves: mpsc::UnboundedReceiver<Channel<T>>,
    door: Arc<Mutex<Option<mpsc::Sender<T>>>>,
}

/// Says how many orders may be inside. A clone is for the same queue.
pub struct Limit<T> {
    door: Arc<Mutex<Option<mpsc::Sender<T>>>>,
    moves: mpsc::UnboundedSender<Channel<T>>,
}

type Channel<T> = (mpsc::WeakSender<T>, mpsc::Receiver<T>);

struct Alive<T>(Arc<Mutex<Option<mpsc::Sender<T>>>>);

impl<T> Drop for Alive<T> {
    fn drop(&mut self) {
        self.0.lock().unwrap().take();
    }
}

/// A queue in which at most `limit` orders wait.
#[must_use]
pub fn elastic_queue<T: Send + 'static>(limit: NonZeroUsize) -> (Sender<T>, Receiver<T>, Limit<T>) {
    let (sender, orders) = mpsc::channel(limit.get());
    let (moves, to_move) = mpsc::unbounded_channel();
    let door = Arc::new(Mutex::new(Some(sender)));
    (
        Sender {
            door: Arc::clone(&door),
            alive: Arc::new(Alive(Arc::clone(&door))),
        },
        Receiver {
            orders,
            moves: to_move,
            door: Arc::clone(&door),
        },
        Limit { door, moves },
    )
}

impl<T: Send + 'static> Sender<T> {
    /// Puts an order into the queue, as soon as there is room.
    ///
    /// # Errors
    /// Gives the order back if the queue is closed or its receiver has gone, or if that happens
    /// while this waits.
    pub async fn send(&self, order: T) -> Result<(), T> {
        let door = self.door.lock().unwrap().clone();
        match door {
            Some(door) => door.send(order).await.map_err(|error| error.0),
            None => Err(order),
        }
    }
}

impl<T: Send + 'static> Receiver<T> {
    /// The order that has been inside for the longest time; `None` once the queue has ended and is
    /// empty.
    pub async fn recv(&mut self) -> Option<T> {
        loop {
            tokio::select! {
                biased;
                Some((to, orders)) = self.moves.recv() => {
                    let mut from = std::mem::replace(&mut self.orders, orders);
                    if let Some(to) = to.upgrade() {
                        // Carries over what is left in the old channel.
                        tokio::spawn(async move {
                            while let Some(order) = from.recv().await {
                                let _ = to.send(order).await;
                            }
                        });
                    }
                }
                order = self.orders.recv() => return order,
            }
        }
    }

    /// Lets no more orders in.
    pub fn close(&mut self) {
        self.door.lock().unwrap().take();
        self.orders.close();
    }
}

impl<T: Send + 'static> Limit<T> {
    /// Lets at most `limit` orders be inside from now on.
    pub fn set(&self, limit: NonZeroUsize) {
        let mut door = self.door.lock().unwrap();
        if door.is_none() {
            return;
        }
        let (sender, orders) = mpsc::channel(limit.get());
        let _ = self.moves.send((sender.downgrade(), orders));
        *door = Some(sender);
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self {
            door: Arc::clone(&self.door),
            alive: Arc::clone(&self.alive),
        }
    }
}

impl<T> Clone for Limit<T> {
    fn clone(&self) -> Self {
        Self {
            door: Arc::clone(&self.door),
            moves: self.moves.clone(),
        }
    }
}
