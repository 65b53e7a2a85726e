//! The raw lock of readers and writers.

use std::panic::Location;
use std::time::Duration;

use explore::runtime::Place;
use model_std::time::Instant;
use parts::{Manners, SharedLock};

use crate::held::{Held, after, until};

/// What the explorer knows of a lock for readers and writers.
pub struct RawRwLock {
    pub(super) lock: SharedLock,
    manners: Manners,
}

// SAFETY: as for `RawMutex`.
unsafe impl Send for RawRwLock {}
// SAFETY: as for `RawMutex`.
unsafe impl Sync for RawRwLock {}

impl RawRwLock {
    pub const fn new(kind: &'static str, made: Place, manners: Manners) -> Self {
        RawRwLock {
            lock: SharedLock::new(kind, made),
            manners,
        }
    }
}

// SAFETY: `SharedLock` has many readers or one writer at a time.
unsafe impl lock_api::RawRwLock for RawRwLock {
    const INIT: Self = RawRwLock::new("RwLock", Location::caller(), Manners::Polite);

    type SharedGuard = Held;
    type ExclusiveGuard = Held;

    #[track_caller]
    fn lock_shared(&self) -> Held {
        let place = Location::caller();
        self.lock.read(place, self.manners, None);
        Held::at(place)
    }

    #[track_caller]
    fn try_lock_shared(&self) -> Option<Held> {
        let place = Location::caller();
        Held::when(self.lock.try_read(place, self.manners), place)
    }

    unsafe fn unlock_shared(&self, held: Held) {
        self.lock.unlock_read(held.place);
    }

    #[track_caller]
    fn lock_exclusive(&self) -> Held {
        let place = Location::caller();
        self.lock.write(place, None);
        Held::at(place)
    }

    #[track_caller]
    fn try_lock_exclusive(&self) -> Option<Held> {
        let place = Location::caller();
        Held::when(self.lock.try_write(place), place)
    }

    unsafe fn unlock_exclusive(&self, held: Held) {
        self.lock.unlock_write(held.place);
    }

    #[track_caller]
    fn is_locked(&self) -> bool {
        self.lock.held(Location::caller()).0
    }

    #[track_caller]
    fn is_locked_exclusive(&self) -> bool {
        self.lock.held(Location::caller()).1
    }
}

// SAFETY: as above.
unsafe impl lock_api::RawRwLockFair for RawRwLock {
    unsafe fn unlock_shared_fair(&self, held: Held) {
        self.lock.unlock_read(held.place);
    }

    unsafe fn unlock_exclusive_fair(&self, held: Held) {
        self.lock.unlock_write(held.place);
    }
}

// SAFETY: as above.
unsafe impl lock_api::RawRwLockDowngrade for RawRwLock {
    #[track_caller]
    unsafe fn downgrade(&self, held: Held) -> Held {
        self.lock.downgrade(Location::caller());
        held
    }
}

// SAFETY: as above.
unsafe impl lock_api::RawRwLockTimed for RawRwLock {
    type Duration = Duration;
    type Instant = Instant;

    #[track_caller]
    fn try_lock_shared_for(&self, limit: Duration) -> Option<Held> {
        let place = Location::caller();
        Held::when(self.lock.read(place, self.manners, after(limit)), place)
    }

    #[track_caller]
    fn try_lock_shared_until(&self, end: Instant) -> Option<Held> {
        let place = Location::caller();
        Held::when(self.lock.read(place, self.manners, until(end)), place)
    }

    #[track_caller]
    fn try_lock_exclusive_for(&self, limit: Duration) -> Option<Held> {
        let place = Location::caller();
        Held::when(self.lock.write(place, after(limit)), place)
    }

    #[track_caller]
    fn try_lock_exclusive_until(&self, end: Instant) -> Option<Held> {
        let place = Location::caller();
        Held::when(self.lock.write(place, until(end)), place)
    }
}
