//! Programs of threads that share memory, locks and condition variables.
//!
//! Each is compiled as it stands against each explorer: `std` means another crate every time.
//! All of them join their threads, so that a panic anywhere is a panic of `main`.

pub mod counters;
pub mod locks;
pub mod spinning;
pub mod waiting;

use std::thread::JoinHandle;

/// A program and its name.
pub type Program = (&'static str, fn());

/// Names each program after its function.
macro_rules! programs {
    ($($name:ident),* $(,)?) => {
        /// The programs of this file.
        pub const PROGRAMS: &[$crate::threads::Program] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use programs;

/// All programs of threads.
pub fn all() -> impl Iterator<Item = Program> {
    let files = [
        counters::PROGRAMS,
        locks::PROGRAMS,
        spinning::PROGRAMS,
        waiting::PROGRAMS,
    ];
    files.into_iter().flatten().copied()
}

/// Waits for all threads.
pub(crate) fn join<T>(threads: impl IntoIterator<Item = JoinHandle<T>>) {
    // Collected first: threads of a lazy iterator would run one after the other.
    let threads: Vec<_> = threads.into_iter().collect();
    for thread in threads {
        thread.join().unwrap();
    }
}
