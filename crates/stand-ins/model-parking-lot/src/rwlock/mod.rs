//! `parking_lot::RwLock` and `RecursiveRwLock`.

mod raw;
mod upgrade;

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;

use parts::Manners;

use self::raw::RawRwLock;

macro_rules! rwlock {
    ($name:ident, $manners:ident, $read:ident, $write:ident, $upgradable:ident,
     $mapped_read:ident, $mapped_write:ident) => {
        /// A lock for many readers or one writer that is not poisoned. More methods are reached
        /// through `Deref`.
        pub struct $name<T: ?Sized>(lock_api::RwLock<RawRwLock, T>);

        pub type $read<'a, T> = lock_api::RwLockReadGuard<'a, RawRwLock, T>;
        pub type $write<'a, T> = lock_api::RwLockWriteGuard<'a, RawRwLock, T>;
        pub type $upgradable<'a, T> = lock_api::RwLockUpgradableReadGuard<'a, RawRwLock, T>;
        pub type $mapped_read<'a, T> = lock_api::MappedRwLockReadGuard<'a, RawRwLock, T>;
        pub type $mapped_write<'a, T> = lock_api::MappedRwLockWriteGuard<'a, RawRwLock, T>;

        impl<T> $name<T> {
            #[track_caller]
            pub const fn new(data: T) -> Self {
                let (kind, made) = (stringify!($name), Location::caller());
                let raw = RawRwLock::new(kind, made, Manners::$manners);
                $name(lock_api::RwLock::from_raw(raw, data))
            }

            pub fn into_inner(self) -> T {
                self.0.into_inner()
            }
        }

        impl<T: ?Sized> $name<T> {
            #[track_caller]
            pub fn read(&self) -> $read<'_, T> {
                self.0.read()
            }

            #[track_caller]
            pub fn write(&self) -> $write<'_, T> {
                self.0.write()
            }
        }

        impl<T: ?Sized> Deref for $name<T> {
            type Target = lock_api::RwLock<RawRwLock, T>;

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

rwlock!(
    RwLock,
    Polite,
    RwLockReadGuard,
    RwLockWriteGuard,
    RwLockUpgradableReadGuard,
    MappedRwLockReadGuard,
    MappedRwLockWriteGuard
);
rwlock!(
    RecursiveRwLock,
    Recursive,
    RecursiveRwLockReadGuard,
    RecursiveRwLockWriteGuard,
    RecursiveRwLockUpgradableReadGuard,
    MappedRecursiveRwLockReadGuard,
    MappedRecursiveRwLockWriteGuard
);
