//! Access to what a read-write lock protects.
#![expect(
    unsafe_code,
    reason = "a guard hands out references to what its lock protects"
)]

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::RwLock;
use super::gate::{Gate, Share};
use super::rwlock::READ;

macro_rules! guard {
    ($(#[$doc:meta])* $name:ident [$($generics:tt)*] [$($args:tt)*] $target:ident $pointer:ty, $share:ty) => {
        $(#[$doc])*
        #[must_use = "if unused the RwLock will immediately unlock"]
        pub struct $name<$($generics)*> {
            data: $pointer,
            share: $share,
        }

        impl<$($generics)*> $name<$($args)*> {
            pub(super) fn new(data: $pointer, share: $share) -> Self {
                $name { data, share }
            }
        }

        impl<$($generics)*> Deref for $name<$($args)*> {
            type Target = $target;

            fn deref(&self) -> &$target {
                // SAFETY: `data` is what the lock protects, or a part of it. It lives as long as
                // the share of the lock, which excludes whoever would write meanwhile.
                unsafe { &*self.data }
            }
        }

        crate::show::transparent!([$($generics)*] $target, $name<$($args)*>);
    };
}

macro_rules! mutable {
    ($name:ident [$($generics:tt)*] [$($args:tt)*] $target:ident) => {
        impl<$($generics)*> DerefMut for $name<$($args)*> {
            fn deref_mut(&mut self) -> &mut $target {
                // SAFETY: the share is the only one of the lock, and `&mut self` excludes other
                // references from this guard.
                unsafe { &mut *self.data }
            }
        }
    };
}

guard! {
    /// Access to read.
    RwLockReadGuard ['a, T: ?Sized] ['a, T] T *const T, Share<&'a Gate>
}
guard! {
    /// Access to write.
    RwLockWriteGuard ['a, T: ?Sized] ['a, T] T *mut T, Share<&'a Gate>
}
guard! {
    /// Access to write to a part.
    RwLockMappedWriteGuard ['a, T: ?Sized] ['a, T] T *mut T, Share<&'a Gate>
}
guard! {
    /// Access to read, for a lock in an `Arc`.
    OwnedRwLockReadGuard [T: ?Sized, U: ?Sized] [T, U] U *const U, Share<Arc<RwLock<T>>>
}
guard! {
    /// Access to write, for a lock in an `Arc`.
    OwnedRwLockWriteGuard [T: ?Sized] [T] T *mut T, Share<Arc<RwLock<T>>>
}
guard! {
    /// Access to write to a part, for a lock in an `Arc`.
    OwnedRwLockMappedWriteGuard [T: ?Sized, U: ?Sized] [T, U] U *mut U, Share<Arc<RwLock<T>>>
}
mutable!(RwLockWriteGuard ['a, T: ?Sized] ['a, T] T);
mutable!(RwLockMappedWriteGuard ['a, T: ?Sized] ['a, T] T);
mutable!(OwnedRwLockWriteGuard [T: ?Sized] [T] T);
mutable!(OwnedRwLockMappedWriteGuard [T: ?Sized, U: ?Sized] [T, U] U);

// SAFETY of all of these: as of the reference that the guard stands for, and, where it keeps the
// lock alive, of the lock. The bounds are tokio's.
unsafe impl<T: ?Sized + Sync> Send for RwLockReadGuard<'_, T> {}
// SAFETY: see above.
unsafe impl<T: ?Sized + Send + Sync> Sync for RwLockReadGuard<'_, T> {}
// SAFETY: see above.
unsafe impl<T: ?Sized + Send + Sync> Send for RwLockWriteGuard<'_, T> {}
// SAFETY: see above.
unsafe impl<T: ?Sized + Send + Sync> Sync for RwLockWriteGuard<'_, T> {}
// SAFETY: see above.
unsafe impl<T: ?Sized + Send + Sync> Send for RwLockMappedWriteGuard<'_, T> {}
// SAFETY: see above.
unsafe impl<T: ?Sized + Send + Sync> Sync for RwLockMappedWriteGuard<'_, T> {}
// SAFETY: see above.
unsafe impl<T: ?Sized + Send + Sync, U: ?Sized + Sync> Send for OwnedRwLockReadGuard<T, U> {}
// SAFETY: see above.
unsafe impl<T: ?Sized + Send + Sync, U: ?Sized + Send + Sync> Sync for OwnedRwLockReadGuard<T, U> {}
// SAFETY: see above.
unsafe impl<T: ?Sized + Send + Sync> Send for OwnedRwLockWriteGuard<T> {}
// SAFETY: see above.
unsafe impl<T: ?Sized + Send + Sync> Sync for OwnedRwLockWriteGuard<T> {}
// SAFETY: see above.
unsafe impl<T: ?Sized + Send + Sync, U: ?Sized + Send + Sync> Send
    for OwnedRwLockMappedWriteGuard<T, U>
{
}
// SAFETY: see above.
unsafe impl<T: ?Sized + Send + Sync, U: ?Sized + Send + Sync> Sync
    for OwnedRwLockMappedWriteGuard<T, U>
{
}

impl<'a, T: ?Sized> RwLockReadGuard<'a, T> {
    pub fn map<F, U: ?Sized>(this: Self, f: F) -> RwLockReadGuard<'a, U>
    where
        F: FnOnce(&T) -> &U,
    {
        let data: *const U = f(&this);
        RwLockReadGuard::new(data, this.share)
    }

    pub fn try_map<F, U: ?Sized>(this: Self, f: F) -> Result<RwLockReadGuard<'a, U>, Self>
    where
        F: FnOnce(&T) -> Option<&U>,
    {
        match f(&this).map(std::ptr::from_ref) {
            Some(data) => Ok(RwLockReadGuard::new(data, this.share)),
            None => Err(this),
        }
    }
}

impl<'a, T: ?Sized> RwLockWriteGuard<'a, T> {
    pub fn map<F, U: ?Sized>(mut this: Self, f: F) -> RwLockMappedWriteGuard<'a, U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        let data: *mut U = f(&mut this);
        RwLockMappedWriteGuard::new(data, this.share)
    }

    pub fn try_map<F, U: ?Sized>(
        mut this: Self,
        f: F,
    ) -> Result<RwLockMappedWriteGuard<'a, U>, Self>
    where
        F: FnOnce(&mut T) -> Option<&mut U>,
    {
        match f(&mut this).map(std::ptr::from_mut) {
            Some(data) => Ok(RwLockMappedWriteGuard::new(data, this.share)),
            None => Err(this),
        }
    }

    pub fn downgrade_map<F, U: ?Sized>(this: Self, f: F) -> RwLockReadGuard<'a, U>
    where
        F: FnOnce(&T) -> &U,
    {
        RwLockReadGuard::map(this.downgrade(), f)
    }

    pub fn into_mapped(this: Self) -> RwLockMappedWriteGuard<'a, T> {
        RwLockWriteGuard::map(this, |data| data)
    }

    pub fn downgrade(mut self) -> RwLockReadGuard<'a, T> {
        self.share.keep(READ, "only reads on under");
        RwLockReadGuard::new(self.data, self.share)
    }
}

impl<'a, T: ?Sized> RwLockMappedWriteGuard<'a, T> {
    pub fn map<F, U: ?Sized>(mut this: Self, f: F) -> RwLockMappedWriteGuard<'a, U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        let data: *mut U = f(&mut this);
        RwLockMappedWriteGuard::new(data, this.share)
    }

    pub fn try_map<F, U: ?Sized>(
        mut this: Self,
        f: F,
    ) -> Result<RwLockMappedWriteGuard<'a, U>, Self>
    where
        F: FnOnce(&mut T) -> Option<&mut U>,
    {
        match f(&mut this).map(std::ptr::from_mut) {
            Some(data) => Ok(RwLockMappedWriteGuard::new(data, this.share)),
            None => Err(this),
        }
    }
}

impl<T: ?Sized, U: ?Sized> OwnedRwLockReadGuard<T, U> {
    pub fn map<F, V: ?Sized>(this: Self, f: F) -> OwnedRwLockReadGuard<T, V>
    where
        F: FnOnce(&U) -> &V,
    {
        let data: *const V = f(&this);
        OwnedRwLockReadGuard::new(data, this.share)
    }

    pub fn try_map<F, V: ?Sized>(this: Self, f: F) -> Result<OwnedRwLockReadGuard<T, V>, Self>
    where
        F: FnOnce(&U) -> Option<&V>,
    {
        match f(&this).map(std::ptr::from_ref) {
            Some(data) => Ok(OwnedRwLockReadGuard::new(data, this.share)),
            None => Err(this),
        }
    }

    pub fn rwlock(this: &Self) -> &Arc<RwLock<T>> {
        this.share.owner()
    }
}

impl<T: ?Sized> OwnedRwLockWriteGuard<T> {
    pub fn map<F, U: ?Sized>(mut this: Self, f: F) -> OwnedRwLockMappedWriteGuard<T, U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        let data: *mut U = f(&mut this);
        OwnedRwLockMappedWriteGuard::new(data, this.share)
    }

    pub fn downgrade_map<F, U: ?Sized>(this: Self, f: F) -> OwnedRwLockReadGuard<T, U>
    where
        F: FnOnce(&T) -> &U,
    {
        OwnedRwLockReadGuard::map(this.downgrade(), f)
    }

    pub fn into_mapped(this: Self) -> OwnedRwLockMappedWriteGuard<T, T> {
        OwnedRwLockWriteGuard::map(this, |data| data)
    }

    pub fn downgrade(mut self) -> OwnedRwLockReadGuard<T, T> {
        self.share.keep(READ, "only reads on under");
        OwnedRwLockReadGuard::new(self.data, self.share)
    }

    pub fn rwlock(this: &Self) -> &Arc<RwLock<T>> {
        this.share.owner()
    }
}

impl<T: ?Sized, U: ?Sized> OwnedRwLockMappedWriteGuard<T, U> {
    pub fn map<F, V: ?Sized>(mut this: Self, f: F) -> OwnedRwLockMappedWriteGuard<T, V>
    where
        F: FnOnce(&mut U) -> &mut V,
    {
        let data: *mut V = f(&mut this);
        OwnedRwLockMappedWriteGuard::new(data, this.share)
    }

    pub fn rwlock(this: &Self) -> &Arc<RwLock<T>> {
        this.share.owner()
    }
}
