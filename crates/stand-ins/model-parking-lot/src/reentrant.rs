//! `parking_lot::ReentrantMutex`.

use std::fmt;
use std::num::NonZeroUsize;
use std::ops::{Deref, DerefMut};
use std::panic::Location;

use explore::runtime;

use crate::mutex::RawMutex;

/// Tells the threads of a world apart.
pub struct LaneNumber;

// SAFETY: no two threads of a run have the same number, and none is 0.
unsafe impl lock_api::GetThreadId for LaneNumber {
    const INIT: Self = LaneNumber;

    fn nonzero_thread_id(&self) -> NonZeroUsize {
        NonZeroUsize::MIN.saturating_add(runtime::lane())
    }
}

/// A lock that its owner may take again, which nobody notices. More methods are reached through
/// `Deref`.
pub struct ReentrantMutex<T: ?Sized>(lock_api::ReentrantMutex<RawMutex, LaneNumber, T>);

pub type ReentrantMutexGuard<'a, T> = lock_api::ReentrantMutexGuard<'a, RawMutex, LaneNumber, T>;
pub type MappedReentrantMutexGuard<'a, T> =
    lock_api::MappedReentrantMutexGuard<'a, RawMutex, LaneNumber, T>;

impl<T> ReentrantMutex<T> {
    #[track_caller]
    pub const fn new(data: T) -> Self {
        let raw = RawMutex::new("ReentrantMutex", Location::caller());
        ReentrantMutex(lock_api::ReentrantMutex::from_raw(raw, LaneNumber, data))
    }

    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

impl<T: ?Sized> ReentrantMutex<T> {
    #[track_caller]
    pub fn lock(&self) -> ReentrantMutexGuard<'_, T> {
        self.0.lock()
    }

    #[track_caller]
    pub fn try_lock(&self) -> Option<ReentrantMutexGuard<'_, T>> {
        self.0.try_lock()
    }
}

impl<T: ?Sized> Deref for ReentrantMutex<T> {
    type Target = lock_api::ReentrantMutex<RawMutex, LaneNumber, T>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T: ?Sized> DerefMut for ReentrantMutex<T> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<T: Default> Default for ReentrantMutex<T> {
    #[track_caller]
    fn default() -> Self {
        ReentrantMutex::new(T::default())
    }
}

impl<T> From<T> for ReentrantMutex<T> {
    #[track_caller]
    fn from(data: T) -> Self {
        ReentrantMutex::new(data)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for ReentrantMutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
