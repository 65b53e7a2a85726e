//! An order that is changed after it was sent.
//!
//! "Channels avoid shared memory" is not true in Go: what travels is a pointer, or a slice, and
//! both sides keep it. This is the data race that follows. Here sending is giving away.
// refused: E0382

use std::sync::mpsc::SyncSender;

pub fn place(orders: &SyncSender<Vec<&'static str>>) {
    let mut order = vec!["tea", "sugar"];
    let _ = orders.send(order);
    order.push("milk"); //~
}
