//! Sells a seat: holds it while the customer pays.

use super::Seats;

/// Sells a seat of `seats` if `payment` comes true; holds it meanwhile.
pub async fn sell(seats: &Seats, payment: impl Future<Output = bool>) -> bool {
    let held = Held::new(seats);
    let paid = payment.await;
    if paid {
        held.keep();
    }
    paid
}

/// Holds a seat, and releases it when it is dropped.
struct Held<'a>(&'a Seats);

impl<'a> Held<'a> {
    fn new(seats: &'a Seats) -> Held<'a> {
        seats.hold();
        Held(seats)
    }

    fn keep(self) {
        std::mem::forget(self);
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}
