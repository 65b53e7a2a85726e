//! Takes an order and confirms it to the customer.

use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;

/// Stores `order` and mails a confirmation, which may fail without harm to the order.
pub async fn take(order: u32, orders: Arc<Mutex<Vec<u32>>>, mail: mpsc::Sender<String>) {
    orders.lock().unwrap().push(order);
    let _ = confirm(order, mail).await;
}

async fn confirm(order: u32, mail: mpsc::Sender<String>) -> Result<(), &'static str> {
    let letter = format!("order {order} is on its way");
    mail.send(letter)
        .await
        .map_err(|_| "the mail server is down")
}
