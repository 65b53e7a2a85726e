//! Two threads that add to one counter: the data race that every Go guide begins with.
//!
//! Go compiles it and loses a count now and then. In Rust each closure needs `&mut sold`, and there
//! is only one of that at a time.
//! Mends: an `AtomicU32`, a `Mutex<u32>`, or a count for each thread that is added up after the join.

// refused: E0499

use std::thread;

fn main() {
    let mut sold = 0;
    thread::scope(|shop| {
        shop.spawn(|| sold += 1);
        shop.spawn(|| sold += 1); //~
    });
    println!("{sold} sold");
}
