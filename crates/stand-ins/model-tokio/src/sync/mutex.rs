//! `tokio::sync::Mutex`.
#![expect(
    unsafe_code,
    reason = "a lock hands out references to what it protects"
)]

use std::cell::UnsafeCell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::Arc;

use real::sync::TryLockError;

use super::gate::{AsGate, Gate, Manner, Share, show_lock};
use super::mapped::{MappedMutexGuard, OwnedMappedMutexGuard};
use crate::error::would_block;

const LOCK: Manner = Manner {
    permits: 1,
    verb: "locks",
    waits: "waits for lock",
    leaves: "unlocks",
};

/// A lock that a task may hold while it waits for something else.
pub struct Mutex<T: ?Sized> {
    gate: Gate,
    data: UnsafeCell<T>,
}

// SAFETY: as of any mutex: who holds the only permit has the only reference to the data.
unsafe impl<T: ?Sized + Send> Send for Mutex<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

impl<T: ?Sized> AsGate for Mutex<T> {
    fn gate(&self) -> &Gate {
        &self.gate
    }
}

/// Access to what a [`Mutex`] protects, until it is dropped.
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct MutexGuard<'a, T: ?Sized> {
    share: Share<&'a Gate>,
    lock: &'a Mutex<T>,
}

/// The same, for a lock in an `Arc`.
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct OwnedMutexGuard<T: ?Sized> {
    share: Share<Arc<Mutex<T>>>,
}

// SAFETY: a shared guard gives out `&T` only.
unsafe impl<T: ?Sized + Send + Sync> Sync for MutexGuard<'_, T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Send + Sync> Sync for OwnedMutexGuard<T> {}

impl<T> Mutex<T> {
    #[track_caller]
    pub fn new(data: T) -> Self {
        Self::const_new(data)
    }

    #[track_caller]
    pub const fn const_new(data: T) -> Self {
        Mutex {
            gate: Gate::new("Mutex", Location::caller(), 1),
            data: UnsafeCell::new(data),
        }
    }

    pub fn into_inner(self) -> T {
        self.data.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    #[track_caller]
    pub fn lock(&self) -> impl Future<Output = MutexGuard<'_, T>> {
        let place = Location::caller();
        async move {
            self.gate.enter(place, LOCK).await;
            let share = Share::new(&self.gate, LOCK, place);
            MutexGuard { share, lock: self }
        }
    }

    #[track_caller]
    pub fn lock_owned(self: Arc<Self>) -> impl Future<Output = OwnedMutexGuard<T>> {
        let place = Location::caller();
        async move {
            self.gate.enter(place, LOCK).await;
            let share = Share::new(self, LOCK, place);
            OwnedMutexGuard { share }
        }
    }

    #[track_caller]
    pub fn try_lock(&self) -> Result<MutexGuard<'_, T>, TryLockError> {
        let place = Location::caller();
        if !self.gate.try_enter(place, LOCK) {
            return Err(would_block());
        }
        let share = Share::new(&self.gate, LOCK, place);
        Ok(MutexGuard { share, lock: self })
    }

    #[track_caller]
    pub fn try_lock_owned(self: Arc<Self>) -> Result<OwnedMutexGuard<T>, TryLockError> {
        let place = Location::caller();
        if !self.gate.try_enter(place, LOCK) {
            return Err(would_block());
        }
        let share = Share::new(self, LOCK, place);
        Ok(OwnedMutexGuard { share })
    }

    #[track_caller]
    pub fn blocking_lock(&self) -> MutexGuard<'_, T> {
        let place = Location::caller();
        self.gate.enter_blocking(place, LOCK);
        let share = Share::new(&self.gate, LOCK, place);
        MutexGuard { share, lock: self }
    }

    #[track_caller]
    pub fn blocking_lock_owned(self: Arc<Self>) -> OwnedMutexGuard<T> {
        let place = Location::caller();
        self.gate.enter_blocking(place, LOCK);
        let share = Share::new(self, LOCK, place);
        OwnedMutexGuard { share }
    }

    pub fn get_mut(&mut self) -> &mut T {
        self.data.get_mut()
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    pub fn map<U: ?Sized, F>(this: Self, f: F) -> MappedMutexGuard<'a, U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        // SAFETY: the guard has the only access to the data, and gives it to the new one.
        let data = f(unsafe { &mut *this.lock.data.get() }) as *mut U;
        MappedMutexGuard::new(this.share, data)
    }

    pub fn try_map<U: ?Sized, F>(this: Self, f: F) -> Result<MappedMutexGuard<'a, U>, Self>
    where
        F: FnOnce(&mut T) -> Option<&mut U>,
    {
        // SAFETY: as above.
        match f(unsafe { &mut *this.lock.data.get() }) {
            Some(data) => {
                let data = data as *mut U;
                Ok(MappedMutexGuard::new(this.share, data))
            }
            None => Err(this),
        }
    }

    pub fn mutex(this: &Self) -> &'a Mutex<T> {
        this.lock
    }
}

impl<T: ?Sized> OwnedMutexGuard<T> {
    pub fn map<U: ?Sized, F>(this: Self, f: F) -> OwnedMappedMutexGuard<T, U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        // SAFETY: as above.
        let data = f(unsafe { &mut *this.share.owner().data.get() }) as *mut U;
        OwnedMappedMutexGuard::new(this.share, data)
    }

    pub fn try_map<U: ?Sized, F>(this: Self, f: F) -> Result<OwnedMappedMutexGuard<T, U>, Self>
    where
        F: FnOnce(&mut T) -> Option<&mut U>,
    {
        // SAFETY: as above.
        match f(unsafe { &mut *this.share.owner().data.get() }) {
            Some(data) => {
                let data = data as *mut U;
                Ok(OwnedMappedMutexGuard::new(this.share, data))
            }
            None => Err(this),
        }
    }

    pub fn mutex(this: &Self) -> &Arc<Mutex<T>> {
        this.share.owner()
    }
}

macro_rules! access {
    ([$($generics:tt)*] $guard:ty, |$this:ident| $lock:expr) => {
        impl<$($generics)*> Deref for $guard {
            type Target = T;

            fn deref(&self) -> &T {
                let $this = self;
                // SAFETY: the guard holds the only permit, so nobody else has a reference.
                unsafe { &*$lock.data.get() }
            }
        }

        impl<$($generics)*> DerefMut for $guard {
            fn deref_mut(&mut self) -> &mut T {
                let $this = self;
                // SAFETY: as above, and `&mut self` excludes other references from this guard.
                unsafe { &mut *$lock.data.get() }
            }
        }
    };
}
access!(['a, T: ?Sized] MutexGuard<'a, T>, |this| this.lock);
access!([T: ?Sized] OwnedMutexGuard<T>, |this| this.share.owner());
crate::show::transparent!([T: ?Sized] MutexGuard<'_, T>);
crate::show::transparent!([T: ?Sized] OwnedMutexGuard<T>);

impl<T> From<T> for Mutex<T> {
    #[track_caller]
    fn from(data: T) -> Self {
        Mutex::new(data)
    }
}

impl<T: Default> Default for Mutex<T> {
    #[track_caller]
    fn default() -> Self {
        Mutex::new(T::default())
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SAFETY: nobody holds the lock, and nobody takes it while this is shown.
        let data = self.gate.is_free(1).then(|| unsafe { &*self.data.get() });
        show_lock(f, "Mutex", data)
    }
}
