//! A kitchen: the most urgent order first.

use std::collections::BinaryHeap;
use std::sync::Mutex;

use tokio::sync::Semaphore;

/// How urgent an order is, and what was ordered.
pub type Order = (u8, &'static str);

/// The orders that nobody cooks yet, and the cooks who have time.
pub struct Kitchen {
    board: Mutex<BinaryHeap<Order>>,
    orders: Semaphore,
    cooks: Semaphore,
}

impl Kitchen {
    /// A kitchen without orders, in which nobody has time.
    pub fn busy() -> Self {
        Self {
            board: Mutex::new(BinaryHeap::new()),
            orders: Semaphore::new(0),
            cooks: Semaphore::new(0),
        }
    }

    /// Adds an order.
    pub fn order(&self, order: Order) {
        self.board.lock().unwrap().push(order);
        self.orders.add_permits(1);
    }

    /// Says that a cook has time for an order.
    pub fn cook_is_free(&self) {
        self.cooks.add_permits(1);
    }

    /// The dish that the next free cook is to make; waits for an order and a cook.
    pub async fn next(&self) -> &'static str {
        let dish = self.most_urgent().await;
        one_of(&self.cooks).await;
        dish
    }

    async fn most_urgent(&self) -> &'static str {
        one_of(&self.orders).await;
        let order = self.board.lock().unwrap().pop();
        order.expect("there is one for each permit").1
    }
}

async fn one_of(semaphore: &Semaphore) {
    let permit = semaphore.acquire().await;
    permit.expect("it is never closed").forget();
}
