//! Packs orders until the counter is closed.

use tokio::sync::mpsc;

/// Packs every order; returns what was packed.
pub async fn pack_all(mut orders: mpsc::Receiver<u32>) -> Vec<u32> {
    let mut packed = Vec::new();
    while !is_over(&mut orders) {
        if let Some(order) = orders.recv().await {
            packed.push(order);
        }
    }
    packed
}

/// Whether no order is there, and none can come.
fn is_over(orders: &mut mpsc::Receiver<u32>) -> bool {
    orders.is_closed() && orders.is_empty()
}
