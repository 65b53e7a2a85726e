//! `std::sync::atomic`.
//!
//! An atomic in a `static` has its initial value again in every run.

mod boolean;
mod integer;
mod order;
mod pointer;

pub use real::sync::atomic::Ordering;

pub use self::boolean::AtomicBool;
pub use self::integer::{
    AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16, AtomicU32,
    AtomicU64, AtomicUsize,
};
pub use self::pointer::AtomicPtr;

use real::panic::Location;

/// Orders atomics without being one.
#[track_caller]
pub fn fence(order: Ordering) {
    explore::runtime::atomic::fence(Location::caller(), order::for_fence(order));
}

/// Orders nothing between threads, and the explorer runs operations in the order of the program.
#[track_caller]
pub fn compiler_fence(order: Ordering) {
    order::for_fence(order);
}
