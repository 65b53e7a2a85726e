//! A move locks the warehouse that gives, then the one that takes.

use std::sync::Arc;

use tokio::sync::Mutex;

/// A warehouse and how many crates it holds.
pub struct Warehouse {
    /// The number of the warehouse; no two share one.
    pub id: u32,
    /// The crates in stock.
    pub stock: Mutex<u32>,
}

/// Moves `crates` between two different warehouses.
pub async fn restock(from: Arc<Warehouse>, to: Arc<Warehouse>, crates: u32) {
    let mut source = from.stock.lock().await;
    let mut target = to.stock.lock().await;
    *source -= crates;
    *target += crates;
}

/// North and south send each other crates; returns how many there are in the end.
pub async fn run() -> u32 {
    let north = Arc::new(Warehouse {
        id: 1,
        stock: Mutex::new(100),
    });
    let south = Arc::new(Warehouse {
        id: 2,
        stock: Mutex::new(50),
    });
    let up = tokio::spawn(restock(Arc::clone(&south), Arc::clone(&north), 20));
    restock(Arc::clone(&north), Arc::clone(&south), 30).await;
    up.await.unwrap();
    *north.stock.lock().await + *south.stock.lock().await
}
