//! `std::hint`.

pub use real::hint::{assert_unchecked, black_box, unreachable_unchecked};

/// A thread that spins lets others go first.
#[track_caller]
pub fn spin_loop() {
    crate::thread::yield_now();
}
