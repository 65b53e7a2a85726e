//! Orders go to a pricing thread through one short queue; invoices come back through another.

use std::sync::mpsc;
use std::thread;

/// How many pieces are ordered.
pub type Order = u64;
/// What they cost in cents.
pub type Invoice = u64;

/// Prices every order, in the order in which they came.
pub fn price_all(orders: Vec<Order>) -> Vec<Invoice> {
    let (requests, inbox) = mpsc::sync_channel(1);
    let (outbox, invoices) = mpsc::sync_channel(1);
    thread::spawn(move || {
        for pieces in inbox {
            outbox.send(pieces * 250).unwrap();
        }
    });
    thread::spawn(move || {
        for order in orders {
            requests.send(order).unwrap();
        }
    });
    invoices.iter().collect()
}

/// Four orders: one more than fits between the two threads.
pub fn run() -> Vec<Invoice> {
    price_all(vec![1, 2, 3, 4])
}
