//! Pays for an order and waits for the receipt.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

/// Charges the card for `order`; the receipt, or nothing if the provider hung up.
pub async fn pay(order: u32) -> Option<String> {
    let (answer, mut answers) = mpsc::channel(1);
    tokio::spawn(async move {
        let receipt = charge(order).await;
        let _ = answer.send(receipt).await;
    });
    answers.recv().await
}

async fn charge(order: u32) -> String {
    time::sleep(Duration::from_millis(80)).await;
    format!("order {order}: paid")
}
