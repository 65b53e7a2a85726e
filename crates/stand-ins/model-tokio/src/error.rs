//! Errors of tokio that only tokio can make.

use real::sync::TryLockError;

/// The error of `try_lock` on a lock that is held.
pub(crate) fn would_block() -> TryLockError {
    let lock = real::sync::Mutex::const_new(());
    let _held = lock.try_lock();
    match lock.try_lock() {
        Err(error) => error,
        Ok(_) => unreachable!("it is held"),
    }
}
