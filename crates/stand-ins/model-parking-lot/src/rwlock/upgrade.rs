//! Readers that may become the writer.

use std::panic::Location;
use std::time::Duration;

use model_std::time::Instant;

use super::raw::RawRwLock;
use crate::held::{Held, after, until};

// SAFETY: `SharedLock` has at most one reader with the right to write, and no writer beside it.
unsafe impl lock_api::RawRwLockUpgrade for RawRwLock {
    type UpgradableGuard = Held;

    #[track_caller]
    fn lock_upgradable(&self) -> Held {
        let place = Location::caller();
        self.lock.upgradable_read(place, None);
        Held::at(place)
    }

    #[track_caller]
    fn try_lock_upgradable(&self) -> Option<Held> {
        let place = Location::caller();
        Held::when(self.lock.try_upgradable_read(place), place)
    }

    unsafe fn unlock_upgradable(&self, held: Held) {
        self.lock.unlock_upgradable(held.place);
    }

    #[track_caller]
    unsafe fn upgrade(&self, _held: Held) -> Held {
        let place = Location::caller();
        self.lock.upgrade(place, None);
        Held::at(place)
    }

    #[track_caller]
    unsafe fn try_upgrade(&self, held: Held) -> Result<Held, Held> {
        let place = Location::caller();
        match self.lock.try_upgrade(place) {
            true => Ok(Held::at(place)),
            false => Err(held),
        }
    }
}

// SAFETY: as above.
unsafe impl lock_api::RawRwLockUpgradeFair for RawRwLock {
    unsafe fn unlock_upgradable_fair(&self, held: Held) {
        self.lock.unlock_upgradable(held.place);
    }
}

// SAFETY: as above.
unsafe impl lock_api::RawRwLockUpgradeDowngrade for RawRwLock {
    #[track_caller]
    unsafe fn downgrade_upgradable(&self, held: Held) -> Held {
        self.lock.change_upgradable(Location::caller(), false);
        held
    }

    #[track_caller]
    unsafe fn downgrade_to_upgradable(&self, held: Held) -> Held {
        self.lock.change_upgradable(Location::caller(), true);
        held
    }
}

// SAFETY: as above.
unsafe impl lock_api::RawRwLockUpgradeTimed for RawRwLock {
    #[track_caller]
    fn try_lock_upgradable_for(&self, limit: Duration) -> Option<Held> {
        let place = Location::caller();
        Held::when(self.lock.upgradable_read(place, after(limit)), place)
    }

    #[track_caller]
    fn try_lock_upgradable_until(&self, end: Instant) -> Option<Held> {
        let place = Location::caller();
        Held::when(self.lock.upgradable_read(place, until(end)), place)
    }

    #[track_caller]
    unsafe fn try_upgrade_for(&self, held: Held, limit: Duration) -> Result<Held, Held> {
        let place = Location::caller();
        match self.lock.upgrade(place, after(limit)) {
            true => Ok(Held::at(place)),
            false => Err(held),
        }
    }

    #[track_caller]
    unsafe fn try_upgrade_until(&self, held: Held, end: Instant) -> Result<Held, Held> {
        let place = Location::caller();
        match self.lock.upgrade(place, until(end)) {
            true => Ok(Held::at(place)),
            false => Err(held),
        }
    }
}
