//! A stand-in for `parking_lot` under the explorer.
//!
//! What `parking_lot` builds on, the crate `lock_api`, brings all guards and most methods. Here
//! are raw locks for it that the explorer knows, and types around its locks that remember where
//! they were made.
//!
//! Locks are not poisoned, a `Condvar` never wakes without a reason, and a reader waits while a
//! writer waits, unless the lock is a `RecursiveRwLock`: all as in `parking_lot`. Which of several
//! waiting threads is next is free, fair locks included.
//!
//! The features `arc_lock`, `deadlock_detection`, `owning_ref`, `send_guard` and `serde` are not
//! modelled, nor is access to raw locks.
#![expect(
    missing_docs,
    reason = "the items are those of `parking_lot`, and are documented there"
)]
#![allow(
    unsafe_code,
    reason = "the traits of raw locks are unsafe to implement"
)]

mod condvar;
mod held;
mod mutex;
mod once;
mod reentrant;
mod rwlock;

pub use self::condvar::{Condvar, WaitTimeoutResult};
pub use self::mutex::{
    FairMutex, FairMutexGuard, MappedFairMutexGuard, MappedMutexGuard, Mutex, MutexGuard,
};
pub use self::once::{Once, OnceState};
pub use self::reentrant::{MappedReentrantMutexGuard, ReentrantMutex, ReentrantMutexGuard};
pub use self::rwlock::{
    MappedRecursiveRwLockReadGuard, MappedRecursiveRwLockWriteGuard, MappedRwLockReadGuard,
    MappedRwLockWriteGuard, RecursiveRwLock, RecursiveRwLockReadGuard,
    RecursiveRwLockUpgradableReadGuard, RecursiveRwLockWriteGuard, RwLock, RwLockReadGuard,
    RwLockUpgradableReadGuard, RwLockWriteGuard,
};
