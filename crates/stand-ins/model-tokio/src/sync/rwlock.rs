//! `tokio::sync::RwLock`.
#![expect(
    unsafe_code,
    reason = "a lock hands out references to what it protects"
)]

use std::cell::UnsafeCell;
use std::fmt;
use std::panic::Location;
use std::sync::Arc;

use real::sync::TryLockError;

use super::gate::{AsGate, Gate, Manner, Share, show_lock};
use super::rwlock_guards::{
    OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLockReadGuard, RwLockWriteGuard,
};
use crate::error::would_block;

/// As many readers as tokio allows.
const MAX_READERS: u32 = u32::MAX >> 3;

pub(super) const READ: Manner = Manner {
    permits: 1,
    verb: "read-locks",
    waits: "waits for read lock",
    leaves: "unlocks",
};

/// A lock that many may hold to read, or one to write. Who waits to write goes before who comes
/// later to read.
pub struct RwLock<T: ?Sized> {
    gate: Gate,
    readers: u32,
    pub(super) data: UnsafeCell<T>,
}

// SAFETY: as of any read-write lock.
unsafe impl<T: ?Sized + Send> Send for RwLock<T> {}
// SAFETY: several readers may have a `&T` at once.
unsafe impl<T: ?Sized + Send + Sync> Sync for RwLock<T> {}

impl<T: ?Sized> AsGate for RwLock<T> {
    fn gate(&self) -> &Gate {
        &self.gate
    }
}

impl<T> RwLock<T> {
    #[track_caller]
    pub fn new(value: T) -> RwLock<T> {
        Self::const_new(value)
    }

    #[track_caller]
    pub fn with_max_readers(value: T, max_reads: u32) -> RwLock<T> {
        Self::const_with_max_readers(value, max_reads)
    }

    #[track_caller]
    pub const fn const_new(value: T) -> RwLock<T> {
        Self::const_with_max_readers(value, MAX_READERS)
    }

    #[track_caller]
    pub const fn const_with_max_readers(value: T, max_reads: u32) -> RwLock<T> {
        assert!(
            max_reads <= MAX_READERS,
            "a RwLock may not be created with so many readers"
        );
        RwLock {
            gate: Gate::new("RwLock", Location::caller(), max_reads as usize),
            readers: max_reads,
            data: UnsafeCell::new(value),
        }
    }

    pub fn into_inner(self) -> T {
        self.data.into_inner()
    }
}

impl<T: ?Sized> RwLock<T> {
    fn write_manner(&self) -> Manner {
        Manner {
            permits: self.readers,
            verb: "write-locks",
            waits: "waits for write lock",
            leaves: "unlocks",
        }
    }

    #[track_caller]
    pub fn read(&self) -> impl Future<Output = RwLockReadGuard<'_, T>> {
        let place = Location::caller();
        async move {
            self.gate.enter(place, READ).await;
            RwLockReadGuard::new(self.data.get(), Share::new(&self.gate, READ, place))
        }
    }

    #[track_caller]
    pub fn read_owned(self: Arc<Self>) -> impl Future<Output = OwnedRwLockReadGuard<T, T>> {
        let place = Location::caller();
        async move {
            self.gate.enter(place, READ).await;
            OwnedRwLockReadGuard::new(self.data.get(), Share::new(self, READ, place))
        }
    }

    #[track_caller]
    pub fn write(&self) -> impl Future<Output = RwLockWriteGuard<'_, T>> {
        let place = Location::caller();
        async move {
            let manner = self.write_manner();
            self.gate.enter(place, manner).await;
            RwLockWriteGuard::new(self.data.get(), Share::new(&self.gate, manner, place))
        }
    }

    #[track_caller]
    pub fn write_owned(self: Arc<Self>) -> impl Future<Output = OwnedRwLockWriteGuard<T>> {
        let place = Location::caller();
        async move {
            let manner = self.write_manner();
            self.gate.enter(place, manner).await;
            OwnedRwLockWriteGuard::new(self.data.get(), Share::new(self, manner, place))
        }
    }

    #[track_caller]
    pub fn try_read(&self) -> Result<RwLockReadGuard<'_, T>, TryLockError> {
        let place = Location::caller();
        self.try_enter(place, READ)?;
        let share = Share::new(&self.gate, READ, place);
        Ok(RwLockReadGuard::new(self.data.get(), share))
    }

    #[track_caller]
    pub fn try_read_owned(self: Arc<Self>) -> Result<OwnedRwLockReadGuard<T, T>, TryLockError> {
        let place = Location::caller();
        self.try_enter(place, READ)?;
        let data = self.data.get();
        Ok(OwnedRwLockReadGuard::new(
            data,
            Share::new(self, READ, place),
        ))
    }

    #[track_caller]
    pub fn try_write(&self) -> Result<RwLockWriteGuard<'_, T>, TryLockError> {
        let (place, manner) = (Location::caller(), self.write_manner());
        self.try_enter(place, manner)?;
        let share = Share::new(&self.gate, manner, place);
        Ok(RwLockWriteGuard::new(self.data.get(), share))
    }

    #[track_caller]
    pub fn try_write_owned(self: Arc<Self>) -> Result<OwnedRwLockWriteGuard<T>, TryLockError> {
        let (place, manner) = (Location::caller(), self.write_manner());
        self.try_enter(place, manner)?;
        let data = self.data.get();
        Ok(OwnedRwLockWriteGuard::new(
            data,
            Share::new(self, manner, place),
        ))
    }

    #[track_caller]
    pub fn blocking_read(&self) -> RwLockReadGuard<'_, T> {
        let place = Location::caller();
        self.gate.enter_blocking(place, READ);
        RwLockReadGuard::new(self.data.get(), Share::new(&self.gate, READ, place))
    }

    #[track_caller]
    pub fn blocking_write(&self) -> RwLockWriteGuard<'_, T> {
        let (place, manner) = (Location::caller(), self.write_manner());
        self.gate.enter_blocking(place, manner);
        RwLockWriteGuard::new(self.data.get(), Share::new(&self.gate, manner, place))
    }

    pub fn get_mut(&mut self) -> &mut T {
        self.data.get_mut()
    }

    fn try_enter(
        &self,
        place: explore::runtime::Place,
        manner: Manner,
    ) -> Result<(), TryLockError> {
        match self.gate.try_enter(place, manner) {
            true => Ok(()),
            false => Err(would_block()),
        }
    }
}

impl<T> From<T> for RwLock<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        RwLock::new(value)
    }
}

impl<T: Default> Default for RwLock<T> {
    #[track_caller]
    fn default() -> Self {
        RwLock::new(T::default())
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let free = self.gate.is_free(self.readers as usize);
        // SAFETY: nobody holds the lock, and nobody takes it while this is shown.
        let data = free.then(|| unsafe { &*self.data.get() });
        show_lock(f, "RwLock", data)
    }
}
