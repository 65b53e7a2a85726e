//! `std::thread`.

mod handle;

pub use real::thread::Result;

pub use self::handle::{JoinHandle, spawn};
