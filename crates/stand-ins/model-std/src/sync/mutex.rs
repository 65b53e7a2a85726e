//! `std::sync::Mutex`.

use real::cell::{Cell, UnsafeCell};
use real::fmt;
use real::ops::{Deref, DerefMut};
use real::panic::Location;
use real::sync::{LockResult, TryLockError, TryLockResult};

use explore::runtime::{self, Blocked, Edge, LaneId, Object, Place, Touch, Wait};

use super::poison::Poison;

/// A mutual exclusion lock.
pub struct Mutex<T: ?Sized> {
    object: Object,
    owner: Cell<Option<LaneId>>,
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
    lock: &'a Mutex<T>,
    place: Place,
    was_panicking: bool,
    /// A guard stays on its thread.
    not_send: real::marker::PhantomData<*const ()>,
}

// SAFETY: a shared guard gives out `&T` only.
unsafe impl<T: ?Sized + Sync> Sync for MutexGuard<'_, T> {}

impl<T> Mutex<T> {
    #[track_caller]
    pub const fn new(data: T) -> Self {
        Mutex {
            object: Object::new("Mutex", Location::caller()),
            owner: Cell::new(None),
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
        let free = || self.owner.get().is_none();
        let blocked = || Blocked::on(&self.object, "waits for lock");
        let turn = runtime::turn(place, &Wait::until(&free, &blocked));
        self.take(turn, place)
    }

    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        let place = Location::caller();
        let turn = runtime::look(place);
        if self.owner.get().is_some() {
            turn.touch(&self.object, Touch::Read, Edge::None);
            runtime::looked(place, 0);
            turn.say(|note| {
                let name = note.name(&self.object);
                note.what(format!("tries to lock {name}: it is held"))
                    .uses(&self.object)
            });
            return Err(TryLockError::WouldBlock);
        }
        self.take(turn, place).map_err(TryLockError::Poisoned)
    }

    pub fn is_poisoned(&self) -> bool {
        self.poison.is_set()
    }

    pub fn clear_poison(&self) {
        self.poison.clear();
    }

    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.poison.wrap(self.data.get_mut())
    }

    fn take(&self, turn: runtime::Turn, place: Place) -> LockResult<MutexGuard<'_, T>> {
        self.owner.set(Some(turn.lane()));
        turn.touch(&self.object, Touch::Write, Edge::Acquire);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("locks {name}")).holds(&self.object)
        });
        self.poison.wrap(MutexGuard {
            lock: self,
            place,
            was_panicking: runtime::panicking(),
            not_send: real::marker::PhantomData,
        })
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        let Mutex {
            object,
            owner,
            poison,
            ..
        } = self.lock;
        let turn = runtime::turn(self.place, &Wait::none());
        owner.set(None);
        poison.leave(self.was_panicking);
        turn.touch(object, Touch::Write, Edge::Release);
        turn.say(|note| {
            let name = note.name(object);
            note.what(format!("unlocks {name}")).frees(object)
        });
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the guard's lane owns the lock, so nobody has a mutable reference but through
        // this guard.
        unsafe { &*self.lock.data.get() }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above, and `&mut self` excludes other references from this guard.
        unsafe { &mut *self.lock.data.get() }
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
        f.debug_struct("Mutex").finish_non_exhaustive()
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
