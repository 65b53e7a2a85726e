//! What went into a thread is no longer here.
//!
//! In Go both sides keep the slice, and both may write to it. In Rust `move` hands `orders` over, and
//! whoever still needs it has to clone it before, share it in an `Arc`, or get it back from `join`.

// refused: E0382

use std::thread;

fn main() {
    let orders = vec![17, 18, 19];
    let packing = thread::spawn(move || orders.into_iter().sum::<u32>());
    println!("packing {} orders", orders.len()); //~
    let _ = packing.join();
}
