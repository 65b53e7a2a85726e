//! A channel closed by each of two workers.
//!
//! "The last one closes" is hard to get right in Go, and closing twice panics. One sender cannot be
//! moved into two workers, so the question comes up here, and the answer is a clone for each.
// refused: E0382

use std::sync::mpsc;
use std::thread;

pub fn count_all(results: mpsc::Sender<usize>) {
    for shop in ["north", "south"] {
        thread::spawn(move || results.send(shop.len())); //~
    }
}
