//! Guards of a part of what a mutex protects.
#![expect(
    unsafe_code,
    reason = "a guard hands out references to what its lock protects"
)]

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::Mutex;
use super::gate::{Gate, Share};

/// Access to a part of what a [`Mutex`] protects.
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct MappedMutexGuard<'a, T: ?Sized> {
    data: *mut T,
    share: Share<&'a Gate>,
}

/// The same, for a lock in an `Arc`.
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct OwnedMappedMutexGuard<T: ?Sized, U: ?Sized = T> {
    data: *mut U,
    share: Share<Arc<Mutex<T>>>,
}

// SAFETY: as of `&mut T`, which is what the guard stands for.
unsafe impl<T: ?Sized + Send> Send for MappedMutexGuard<'_, T> {}
// SAFETY: a shared guard gives out `&T` only.
unsafe impl<T: ?Sized + Sync> Sync for MappedMutexGuard<'_, T> {}
// SAFETY: as of `&mut U` and of the lock that is kept alive.
unsafe impl<T: ?Sized + Send, U: ?Sized + Send> Send for OwnedMappedMutexGuard<T, U> {}
// SAFETY: as above, and a shared guard gives out `&U` only.
unsafe impl<T: ?Sized + Send + Sync, U: ?Sized + Send + Sync> Sync for OwnedMappedMutexGuard<T, U> {}

impl<'a, T: ?Sized> MappedMutexGuard<'a, T> {
    pub(super) fn new(share: Share<&'a Gate>, data: *mut T) -> Self {
        MappedMutexGuard { data, share }
    }

    pub fn map<U: ?Sized, F>(mut this: Self, f: F) -> MappedMutexGuard<'a, U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        let data = f(&mut this) as *mut U;
        MappedMutexGuard::new(this.share, data)
    }

    pub fn try_map<U: ?Sized, F>(mut this: Self, f: F) -> Result<MappedMutexGuard<'a, U>, Self>
    where
        F: FnOnce(&mut T) -> Option<&mut U>,
    {
        let data = f(&mut this).map(|data| data as *mut U);
        match data {
            Some(data) => Ok(MappedMutexGuard::new(this.share, data)),
            None => Err(this),
        }
    }
}

impl<T: ?Sized, U: ?Sized> OwnedMappedMutexGuard<T, U> {
    pub(super) fn new(share: Share<Arc<Mutex<T>>>, data: *mut U) -> Self {
        OwnedMappedMutexGuard { data, share }
    }

    pub fn map<S: ?Sized, F>(mut this: Self, f: F) -> OwnedMappedMutexGuard<T, S>
    where
        F: FnOnce(&mut U) -> &mut S,
    {
        let data = f(&mut this) as *mut S;
        OwnedMappedMutexGuard::new(this.share, data)
    }

    pub fn try_map<S: ?Sized, F>(mut this: Self, f: F) -> Result<OwnedMappedMutexGuard<T, S>, Self>
    where
        F: FnOnce(&mut U) -> Option<&mut S>,
    {
        let data = f(&mut this).map(|data| data as *mut S);
        match data {
            Some(data) => Ok(OwnedMappedMutexGuard::new(this.share, data)),
            None => Err(this),
        }
    }
}

macro_rules! access {
    ([$($generics:tt)*] $target:ident, $guard:ty) => {
        impl<$($generics)*> Deref for $guard {
            type Target = $target;

            fn deref(&self) -> &$target {
                // SAFETY: `data` is a part of what the lock protects, which lives as long as the
                // share of it, and the share is the only one.
                unsafe { &*self.data }
            }
        }

        impl<$($generics)*> DerefMut for $guard {
            fn deref_mut(&mut self) -> &mut $target {
                // SAFETY: as above, and `&mut self` excludes other references from this guard.
                unsafe { &mut *self.data }
            }
        }
    };
}
access!(['a, T: ?Sized] T, MappedMutexGuard<'a, T>);
access!([T: ?Sized, U: ?Sized] U, OwnedMappedMutexGuard<T, U>);
crate::show::transparent!([T: ?Sized] MappedMutexGuard<'_, T>);
crate::show::transparent!([T: ?Sized, U: ?Sized] U, OwnedMappedMutexGuard<T, U>);
