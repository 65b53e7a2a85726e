//! `std::sync::Mutex`.

use real::cell::UnsafeCell;
use real::fmt;
use real::marker::PhantomData;
use real::ops::{Deref, DerefMut};
use real::panic::Location;
use real::sync::{LockResult, TryLockError, TryLockResult};

use explore::runtime::{self, Place};
use parts::Lock;

use super::poison::Poison;

/// A mutual exclusion lock.
pub struct Mutex<T: ?Sized> {
    pub(super) lock: Lock,
    poison: Poison,
    data: UnsafeCell<T>,
}

// SAFETY: a world runs on one operating system thread, and `Object::index`, which every operation
// goes through, refuses an object that another world knows. So the cells are never touched from
// two threads at once; `data` is handed out to the owner only.
unsafe impl<T: ?Sized + Send> Send for Mutex<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

/// Access to what a [`Mutex`] protects, until it is dropped.
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct MutexGuard<'a, T: ?Sized> {
    pub(super) mutex: &'a Mutex<T>,
    place: Place,
    was_panicking: bool,
    /// A guard stays on its thread.
    not_send: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives out `&T` only.
unsafe impl<T: ?Sized + Sync> Sync for MutexGuard<'_, T> {}

impl<T> Mutex<T> {
    #[track_caller]
    pub const fn new(data: T) -> Self {
        Mutex {
            lock: Lock::new("Mutex", Location::caller()),
            poison: Poison::new(),
            data: UnsafeCell::new(data),
        }
    }

    pub fn into_inner(self) -> LockResult<T> {
        let Mutex { poison, data, .. } = self;
        poison.wrap(data.into_inner())
    }
}

impl<T: ?Sized> Mutex<T> {
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        let place = Location::caller();
        self.lock.lock(place);
        self.guard(place)
    }

    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        let place = Location::caller();
        match self.lock.try_lock(place) {
            true => self.guard(place).map_err(TryLockError::Poisoned),
            false => Err(TryLockError::WouldBlock),
        }
    }

    #[track_caller]
    pub fn is_poisoned(&self) -> bool {
        self.poison.look(self.lock.object(), Location::caller())
    }

    #[track_caller]
    pub fn clear_poison(&self) {
        self.poison.clear(self.lock.object(), Location::caller());
    }

    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.poison.wrap(self.data.get_mut())
    }

    /// The guard of the lane that has just taken the lock.
    pub(super) fn guard(&self, place: Place) -> LockResult<MutexGuard<'_, T>> {
        self.poison.wrap(MutexGuard {
            mutex: self,
            place,
            was_panicking: runtime::panicking(),
            not_send: PhantomData,
        })
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// Gives up the guard but not the lock.
    pub(super) fn dissolve(self) -> &'a Mutex<T> {
        let mutex = self.mutex;
        real::mem::forget(self);
        mutex
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        self.mutex.poison.leave(self.was_panicking);
        self.mutex.lock.unlock(self.place);
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the guard's lane owns the lock, so nobody has a mutable reference but through
        // this guard.
        unsafe { &*self.mutex.data.get() }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above, and `&mut self` excludes other references from this guard.
        unsafe { &mut *self.mutex.data.get() }
    }
}

impl<T: Default> Default for Mutex<T> {
    #[track_caller]
    fn default() -> Self {
        Mutex::new(T::default())
    }
}

impl<T> From<T> for Mutex<T> {
    #[track_caller]
    fn from(data: T) -> Self {
        Mutex::new(data)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // As in std, it takes a lock that is free to show what it protects.
        let mut out = f.debug_struct("Mutex");
        match self.try_lock() {
            Ok(data) => out.field("data", &&*data),
            Err(TryLockError::Poisoned(poisoned)) => out.field("data", &&**poisoned.get_ref()),
            Err(TryLockError::WouldBlock) => out.field("data", &format_args!("<locked>")),
        };
        out.finish_non_exhaustive()
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
