//! The price board of an exchange.

use std::time::Duration;

use tokio::sync::broadcast::{self, error::RecvError};
use tokio::time;

/// Shows every price that it can keep up with, until the exchange closes; the one that stays.
pub async fn show(mut prices: broadcast::Receiver<u32>) -> Option<u32> {
    let mut shown = None;
    loop {
        let price = match prices.recv().await {
            Ok(price) => price,
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => break,
        };
        draw(price).await;
        shown = Some(price);
    }
    shown
}

async fn draw(_price: u32) {
    time::sleep(Duration::from_millis(100)).await;
}
