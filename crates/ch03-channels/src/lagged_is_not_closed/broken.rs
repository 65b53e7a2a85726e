//! The price board of an exchange.

use std::time::Duration;

use tokio::sync::broadcast;
use tokio::time;

/// Shows every price that it can keep up with, until the exchange closes; the one that stays.
pub async fn show(mut prices: broadcast::Receiver<u32>) -> Option<u32> {
    let mut shown = None;
    while let Ok(price) = prices.recv().await {
        draw(price).await;
        shown = Some(price);
    }
    shown
}

async fn draw(_price: u32) {
    time::sleep(Duration::from_millis(100)).await;
}
