//! `parking_lot::Mutex` and `FairMutex`.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::time::Duration;

use explore::runtime::Place;
use model_std::time::Instant;
use parts::Lock;

use crate::held::{Held, after, until};

/// What the explorer knows of a mutex.
pub struct RawMutex(pub(crate) Lock);

// SAFETY: a world runs on one operating system thread, and `Object::index`, which every operation
// goes through, refuses an object that another world knows.
unsafe impl Send for RawMutex {}
// SAFETY: as above.
unsafe impl Sync for RawMutex {}

impl RawMutex {
    pub(crate) const fn new(kind: &'static str, made: Place) -> Self {
        RawMutex(Lock::new(kind, made))
    }
}

// SAFETY: `Lock` has one owner at a time.
unsafe impl lock_api::RawMutex for RawMutex {
    const INIT: Self = RawMutex::new("Mutex", Location::caller());

    type Guard = Held;

    #[track_caller]
    fn lock(&self) -> Held {
        let place = Location::caller();
        self.0.lock(place);
        Held::at(place)
    }

    #[track_caller]
    fn try_lock(&self) -> Option<Held> {
        let place = Location::caller();
        Held::when(self.0.try_lock(place), place)
    }

    unsafe fn unlock(&self, held: Held) {
        self.0.unlock(held.place);
    }

    #[track_caller]
    fn is_locked(&self) -> bool {
        self.0.is_locked(Location::caller())
    }
}

// SAFETY: as above.
unsafe impl lock_api::RawMutexFair for RawMutex {
    unsafe fn unlock_fair(&self, held: Held) {
        self.0.unlock(held.place);
    }
}

// SAFETY: as above.
unsafe impl lock_api::RawMutexTimed for RawMutex {
    type Duration = Duration;
    type Instant = Instant;

    #[track_caller]
    fn try_lock_for(&self, limit: Duration) -> Option<Held> {
        let place = Location::caller();
        Held::when(self.0.lock_before(place, after(limit)), place)
    }

    #[track_caller]
    fn try_lock_until(&self, end: Instant) -> Option<Held> {
        let place = Location::caller();
        Held::when(self.0.lock_before(place, until(end)), place)
    }
}

macro_rules! mutex {
    ($name:ident, $guard:ident, $mapped:ident) => {
        /// A mutual exclusion lock that is not poisoned. More methods are reached through `Deref`.
        pub struct $name<T: ?Sized>(lock_api::Mutex<RawMutex, T>);

        pub type $guard<'a, T> = lock_api::MutexGuard<'a, RawMutex, T>;
        pub type $mapped<'a, T> = lock_api::MappedMutexGuard<'a, RawMutex, T>;

        impl<T> $name<T> {
            #[track_caller]
            pub const fn new(data: T) -> Self {
                let raw = RawMutex::new(stringify!($name), Location::caller());
                $name(lock_api::Mutex::from_raw(raw, data))
            }

            pub fn into_inner(self) -> T {
                self.0.into_inner()
            }
        }

        impl<T: ?Sized> $name<T> {
            #[track_caller]
            pub fn lock(&self) -> $guard<'_, T> {
                self.0.lock()
            }

            #[track_caller]
            pub fn try_lock(&self) -> Option<$guard<'_, T>> {
                self.0.try_lock()
            }
        }

        impl<T: ?Sized> Deref for $name<T> {
            type Target = lock_api::Mutex<RawMutex, T>;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl<T: ?Sized> DerefMut for $name<T> {
            fn deref_mut(&mut self) -> &mut Self::Target {
                &mut self.0
            }
        }

        impl<T: Default> Default for $name<T> {
            #[track_caller]
            fn default() -> Self {
                $name::new(T::default())
            }
        }

        impl<T> From<T> for $name<T> {
            #[track_caller]
            fn from(data: T) -> Self {
                $name::new(data)
            }
        }

        impl<T: ?Sized + fmt::Debug> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

mutex!(Mutex, MutexGuard, MappedMutexGuard);
mutex!(FairMutex, FairMutexGuard, MappedFairMutexGuard);
