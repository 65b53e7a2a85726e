//! The captured loop variable, which printed `5 5 5 5 5` in Go before 1.22.
//!
//! In Rust each turn of a loop has a binding of its own, so the old surprise cannot happen; without
//! `move` the closure would borrow a binding that is gone at the end of the turn.
//! Say `move`: the closure then owns its copy of `attempt`.

// refused: E0373

use std::thread;

fn main() {
    let mut workers = Vec::new();
    for attempt in 0..5 {
        workers.push(thread::spawn(|| println!("attempt {attempt}"))); //~
    }
    for worker in workers {
        let _ = worker.join();
    }
}
