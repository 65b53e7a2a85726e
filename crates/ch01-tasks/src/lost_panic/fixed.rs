//! Closes the day: a clerk books every payment of the till.

use std::sync::{Arc, Mutex};
use std::thread;

/// Books `payments`, in cents as the till printed them.
///
/// # Errors
///
/// Says why the day cannot be closed.
pub fn close_day(
    payments: Vec<&'static str>,
    ledger: Arc<Mutex<Vec<u32>>>,
) -> Result<(), &'static str> {
    let clerk = thread::spawn(move || {
        for payment in payments {
            let cents = payment.parse().expect("a payment is a number of cents");
            ledger.lock().unwrap().push(cents);
        }
    });
    clerk.join().map_err(|_| "the clerk stopped half-way")
}
