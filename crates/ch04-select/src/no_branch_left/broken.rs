//! A shop sells from a small stock, which deliveries fill up.

use tokio::sync::mpsc;

/// Sells until nobody orders any more; an order waits while the shelf is empty. Returns the orders
/// that were sold. Each delivery brings so many pieces.
pub async fn sell(
    mut orders: mpsc::Receiver<u32>,
    mut deliveries: mpsc::Receiver<u32>,
) -> Vec<u32> {
    let mut stock = 0;
    let mut sold = Vec::new();
    loop {
        tokio::select! {
            order = orders.recv(), if stock > 0 => match order {
                Some(order) => {
                    stock -= 1;
                    sold.push(order);
                }
                None => return sold,
            },
            Some(pieces) = deliveries.recv() => stock += pieces,
        }
    }
}
