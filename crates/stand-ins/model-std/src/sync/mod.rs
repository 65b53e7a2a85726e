//! `std::sync`.

pub mod atomic;
mod mutex;
mod poison;

pub use real::sync::{Arc, LockResult, PoisonError, TryLockError, TryLockResult};

pub use self::mutex::{Mutex, MutexGuard};
