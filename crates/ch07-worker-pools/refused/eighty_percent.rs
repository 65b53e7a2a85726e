//! Eighty percent of the memory, divided among the workers.
//!
//! A guide sizes a pool by `available * 0.8 / perWorker`, with whole numbers. Go does not compile it
//! either: the constant is truncated. Where it is written as `available / 100 * 80` it compiles in
//! both, and gives 0 workers on a small machine, which is for the type of the result to forbid:
//! `NonZeroUsize`.

// refused: E0277

fn workers(available: u64, per_worker: u64) -> u64 {
    available * 0.8 / per_worker //~
}

fn main() {
    println!("{} workers", workers(96 << 20, 50 << 20));
}
