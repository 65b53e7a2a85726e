//! A kitchen: the most urgent order first, one cook.

use std::collections::BinaryHeap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;

/// How urgent an order is, and what was ordered.
pub type Order = (u8, &'static str);

/// The orders that nobody cooks yet.
pub struct Board {
    orders: Mutex<BinaryHeap<Order>>,
    ordered: Notify,
}

impl Board {
    /// A board without orders.
    pub fn empty() -> Self {
        Self {
            orders: Mutex::new(BinaryHeap::new()),
            ordered: Notify::new(),
        }
    }

    /// Adds an order.
    pub fn order(&self, order: Order) {
        self.orders.lock().unwrap().push(order);
        self.ordered.notify_one();
    }

    /// The most urgent order of those that are there; waits for one.
    async fn most_urgent(&self) -> Order {
        loop {
            if let Some(order) = self.orders.lock().unwrap().pop() {
                return order;
            }
            self.ordered.notified().await;
        }
    }

    /// Has so many orders cooked, ten minutes each; `begin` hears of each one.
    pub async fn cook(&self, orders: usize, mut begin: impl FnMut(&'static str)) {
        let cooks = Arc::new(Semaphore::new(1));
        let mut dishes = JoinSet::new();
        for _ in 0..orders {
            let cook = cooks.clone().acquire_owned().await;
            let (_, dish) = self.most_urgent().await;
            begin(dish);
            dishes.spawn(async move {
                tokio::time::sleep(Duration::from_secs(600)).await;
                drop(cook);
            });
        }
        dishes.join_all().await;
    }
}
