//! Wrong: hands the limit to the semaphore as it comes, which takes no more than an eighth of it.
//! Caught by: the_highest_limit_lets_everything_in

use std::marker::PhantomData;
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
    queue: PhantomData<fn(T)>,
}

struct Places {
    free: Semaphore,
    account: Mutex<Account>,
}

struct Account {
    limit: usize,
    /// By how much the places that are taken exceed the limit.
    debt: usize,
}

/// A queue in which at most `limit` orders wait.
#[must_use]
pub fn elastic_queue<T: Send + 'static>(limit: NonZeroUsize) -> (Sender<T>, Receiver<T>, Limit<T>) {
    let limit = limit.get();
    let places = Arc::new(Places {
        free: Semaphore::new(limit),
        account: Mutex::new(Account { limit, debt: 0 }),
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
        let Ok(place) = self.places.free.acquire().await else {
            return Err(order);
        };
        self.orders.send(order).map_err(|error| error.0)?;
        place.forget();
        Ok(())
    }
}

impl<T: Send + 'static> Receiver<T> {
    /// The order that has been inside for the longest time; `None` once the queue has ended and is
    /// empty.
    pub async fn recv(&mut self) -> Option<T> {
        let order = self.orders.recv().await?;
        self.places.one_is_free();
        Some(order)
    }

    /// Lets no more orders in.
    pub fn close(&mut self) {
        self.orders.close();
        self.places.free.close();
    }
}

impl<T: Send + 'static> Limit<T> {
    /// Lets at most `limit` orders be inside from now on.
    pub fn set(&self, limit: NonZeroUsize) {
        self.places.set(limit.get());
    }
}

impl Places {
    fn one_is_free(&self) {
        let mut account = self.account.lock().unwrap();
        match account.debt {
            0 => self.free.add_permits(1),
            _ => account.debt -= 1,
        }
    }

    fn set(&self, limit: usize) {
        let mut account = self.account.lock().unwrap();
        let more = limit.saturating_sub(account.limit);
        let remitted = more.min(account.debt);
        account.debt -= remitted;
        self.free.add_permits(more - remitted);

        let fewer = account.limit.saturating_sub(limit);
        account.debt += fewer - self.free.forget_permits(fewer);
        account.limit = limit;
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.places.free.close();
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
            queue: PhantomData,
        }
    }
}
