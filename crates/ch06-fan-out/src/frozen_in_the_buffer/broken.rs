//! Reads orders from a database, two at a time, and writes an invoice for each.

use std::time::Duration;

use futures::stream::{self, StreamExt};
use tokio::sync::Semaphore;
use tokio::time;

/// How many orders are worked on at a time.
const AT_ONCE: usize = 2;

/// Writes an invoice for each of the `orders`; how many were written. Reading and writing each
/// need one of the `connections`.
pub async fn write_invoices(orders: Vec<u32>, connections: &Semaphore) -> usize {
    let mut written = 0;
    let mut totals = stream::iter(orders)
        .map(|order| read(order, connections))
        .buffer_unordered(AT_ONCE);
    while let Some(total) = totals.next().await {
        write(total, connections).await;
        written += 1;
    }
    written
}

async fn read(order: u32, connections: &Semaphore) -> u32 {
    let _connection = connections.acquire().await.expect("the database stays");
    time::sleep(Duration::from_secs(1)).await;
    order * 100
}

async fn write(_total: u32, connections: &Semaphore) {
    let _connection = connections.acquire().await.expect("the database stays");
    time::sleep(Duration::from_secs(1)).await;
}
