//! A handle that leaves the scope whose threads it belongs to.
//!
//! In Go a goroutine that borrows a slice of its caller may be joined by anybody, at any time, or
//! by nobody: the collector keeps the slice. In Rust the borrow is why there is a scope. Its
//! threads have ended when it returns, and so has the life of their handles. Join inside and return
//! the result; the scope hands it on.

// refused: E0521

use std::thread;

fn main() {
    let shelves = vec![3, 4, 5];
    let mut counting = None;
    thread::scope(|scope| {
        counting = Some(scope.spawn(|| shelves.iter().sum::<u32>())); //~
    });
    println!("{}", counting.unwrap().join().unwrap());
}
