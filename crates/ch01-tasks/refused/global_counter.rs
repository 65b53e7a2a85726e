//! A package variable that everybody may change.
//!
//! In Go `var visits int` at the top of a file is within reach of every goroutine. In Rust a
//! `static` cannot be changed, and a `static mut` needs `unsafe` at each use, because rustc cannot
//! see who else is there.
//! Mends: a `static` with an `AtomicU32` or a `Mutex` inside, or better, pass what is shared.

// refused: E0133

use std::thread;

static mut VISITS: u32 = 0;

fn main() {
    let visitor = thread::spawn(|| VISITS += 1); //~
    let _ = visitor.join();
}
