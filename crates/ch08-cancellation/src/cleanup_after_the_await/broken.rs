//! Sells a seat: holds it while the customer pays.

use super::Seats;

/// Sells a seat of `seats` if `payment` comes true; holds it meanwhile.
pub async fn sell(seats: &Seats, payment: impl Future<Output = bool>) -> bool {
    seats.hold();
    let paid = payment.await;
    if !paid {
        seats.release();
    }
    paid
}
