//! Charges orders; the bank is busy now and then.

use std::time::Duration;

use tokio::time;

/// The fee of the shop, in cents.
const FEE: u32 = 50;

/// What a customer owes, in cents.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// The price of the goods.
    pub cents: u32,
}

/// The bank is busy; it may be asked again.
#[derive(Clone, Copy, Debug)]
pub struct Busy;

/// Charges an order and the fee, in at most three attempts; what was paid.
///
/// # Errors
/// If the bank is busy three times.
pub async fn charge(
    mut order: Order,
    bank: impl AsyncFn(u32) -> Result<(), Busy>,
) -> Result<u32, Busy> {
    for pause in [0, 1, 2] {
        time::sleep(Duration::from_secs(pause)).await;
        order.cents += FEE;
        if bank(order.cents).await.is_ok() {
            return Ok(order.cents);
        }
    }
    Err(Busy)
}
