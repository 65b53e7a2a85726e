//! A pool of zero workers.
//!
//! In Go `for i := 0; i < workers; i++` starts nobody when a formula yields zero, and the results
//! are closed before the first; or, with an unbuffered channel, whoever hands in a job waits for
//! ever. In Rust a parameter of the type `NonZeroUsize` cannot be zero: whoever has a number asks
//! first, with `NonZeroUsize::new(workers)`, and decides what zero means.

// refused: E0308

use std::num::NonZeroUsize;

/// One worker for each 50 MB in half of the memory.
fn workers(memory: usize) -> usize {
    memory / 2 / 50
}

fn start(workers: NonZeroUsize) {
    for number in 1..=workers.get() {
        println!("worker {number} is at work");
    }
}

fn main() {
    start(workers(96)); //~
}
