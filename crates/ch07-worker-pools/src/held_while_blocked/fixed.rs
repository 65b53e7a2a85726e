//! A kitchen: the most urgent order first.

use std::collections::BinaryHeap;
use std::sync::Mutex;

use tokio::sync::{Semaphore, SemaphorePermit};

/// How urgent an order is, and what was ordered.
pub type Order = (u8, &'static str);

/// The orders that nobody cooks yet, and the cooks who have time.
pub struct Kitchen {
    board: Mutex<BinaryHeap<Order>>,
    ordered: Semaphore,
    cooks: Semaphore,
}

impl Kitchen {
    /// A kitchen with so many cooks, and no order.
    pub fn open(cooks: usize) -> Self {
        Self {
            board: Mutex::new(BinaryHeap::new()),
            ordered: Semaphore::new(0),
            cooks: Semaphore::new(cooks),
        }
    }

    /// Adds an order.
    pub fn order(&self, order: Order) {
        self.board.lock().unwrap().push(order);
        self.ordered.add_permits(1);
    }

    /// The most urgent order, and a cook for it; waits for both.
    pub async fn next(&self) -> (&'static str, SemaphorePermit<'_>) {
        let cook = self.cooks.acquire().await.expect("it is never closed");
        let dish = self.most_urgent().await;
        (dish, cook)
    }

    async fn most_urgent(&self) -> &'static str {
        let order = self.ordered.acquire().await.expect("it is never closed");
        order.forget();
        let next = self.board.lock().unwrap().pop();
        next.expect("one is there for each permit").1
    }
}
