//! `crossbeam::sync::ShardedLock`: a reader-writer lock, as far as schedules go.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use model_std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A lock for many readers or one writer.
#[derive(Default)]
pub struct ShardedLock<T: ?Sized>(RwLock<T>);

/// Shared access, until it is dropped.
#[must_use = "if unused the lock will immediately unlock"]
pub struct ShardedLockReadGuard<'a, T: ?Sized>(RwLockReadGuard<'a, T>);

/// Exclusive access, until it is dropped.
#[must_use = "if unused the lock will immediately unlock"]
pub struct ShardedLockWriteGuard<'a, T: ?Sized>(RwLockWriteGuard<'a, T>);

impl<T> ShardedLock<T> {
    #[must_use]
    #[track_caller]
    pub fn new(value: T) -> Self {
        ShardedLock(RwLock::new(value))
    }

    /// # Errors
    /// If a panic has poisoned the lock.
    pub fn into_inner(self) -> LockResult<T> {
        self.0.into_inner()
    }
}

impl<T: ?Sized> ShardedLock<T> {
    #[track_caller]
    pub fn is_poisoned(&self) -> bool {
        self.0.is_poisoned()
    }

    /// # Errors
    /// If a panic has poisoned the lock.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.0.get_mut()
    }

    /// # Errors
    /// If a panic has poisoned the lock.
    #[track_caller]
    pub fn read(&self) -> LockResult<ShardedLockReadGuard<'_, T>> {
        wrap(self.0.read(), ShardedLockReadGuard)
    }

    /// # Errors
    /// If it is held, or a panic has poisoned the lock.
    #[track_caller]
    pub fn try_read(&self) -> TryLockResult<ShardedLockReadGuard<'_, T>> {
        try_wrap(self.0.try_read(), ShardedLockReadGuard)
    }

    /// # Errors
    /// If a panic has poisoned the lock.
    #[track_caller]
    pub fn write(&self) -> LockResult<ShardedLockWriteGuard<'_, T>> {
        wrap(self.0.write(), ShardedLockWriteGuard)
    }

    /// # Errors
    /// If it is held, or a panic has poisoned the lock.
    #[track_caller]
    pub fn try_write(&self) -> TryLockResult<ShardedLockWriteGuard<'_, T>> {
        try_wrap(self.0.try_write(), ShardedLockWriteGuard)
    }
}

fn wrap<A, B>(result: LockResult<A>, guard: impl FnOnce(A) -> B) -> LockResult<B> {
    match result {
        Ok(inner) => Ok(guard(inner)),
        Err(poison) => Err(PoisonError::new(guard(poison.into_inner()))),
    }
}

fn try_wrap<A, B>(result: TryLockResult<A>, guard: impl FnOnce(A) -> B) -> TryLockResult<B> {
    match result {
        Ok(inner) => Ok(guard(inner)),
        Err(TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
        Err(TryLockError::Poisoned(poison)) => Err(TryLockError::Poisoned(PoisonError::new(
            guard(poison.into_inner()),
        ))),
    }
}

impl<T: ?Sized> Deref for ShardedLockReadGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> Deref for ShardedLockWriteGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> DerefMut for ShardedLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for ShardedLock<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        ShardedLock::new(value)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for ShardedLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShardedLock").finish_non_exhaustive()
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for ShardedLockReadGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for ShardedLockWriteGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for ShardedLockReadGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for ShardedLockWriteGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
