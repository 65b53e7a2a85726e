//! `std::sync::OnceLock`.

use real::cell::UnsafeCell;
use real::fmt;
use real::panic::Location;

use explore::runtime::Place;
use parts::{Entry, Leave, Once, Progress};

/// A value that is set once in a run of the program. In a `static` it is empty again in every
/// run: what the run before has put there is forgotten, not dropped.
pub struct OnceLock<T> {
    once: Once,
    value: UnsafeCell<Option<T>>,
}

// SAFETY: as for `Mutex`.
unsafe impl<T: Send> Send for OnceLock<T> {}
// SAFETY: as for `Mutex`; everybody shares `&T`, hence `T: Sync`.
unsafe impl<T: Send + Sync> Sync for OnceLock<T> {}

impl<T> OnceLock<T> {
    #[track_caller]
    pub const fn new() -> Self {
        OnceLock {
            once: Once::new("OnceLock", Location::caller()),
            value: UnsafeCell::new(None),
        }
    }

    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        self.renew();
        let done = self.once.look(Location::caller()) == Progress::Done;
        done.then(|| self.value())
    }

    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.value.get_mut().as_mut()
    }

    #[track_caller]
    pub fn wait(&self) -> &T {
        self.renew();
        // A panic while it was initialised leaves it empty, so the wait goes on.
        self.once.wait(Location::caller(), true);
        self.value()
    }

    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        self.renew();
        if !self.once.claim(Location::caller()) {
            return Err(value);
        }
        // SAFETY: nobody has a reference to the value yet, and nobody else runs before the next
        // visible operation.
        unsafe { *self.value.get() = Some(value) };
        Ok(())
    }

    #[track_caller]
    pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T {
        let place = Location::caller();
        self.renew();
        let entry = self.once.enter(place);
        if entry == Entry::Poisoned {
            // A panic leaves a `OnceLock` empty.
            self.once.try_again(place);
        }
        if entry != Entry::Done {
            self.initialise(place, f);
        }
        self.value()
    }

    pub fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }

    pub fn take(&mut self) -> Option<T> {
        self.once.set(false);
        self.value.get_mut().take()
    }

    fn initialise(&self, place: Place, f: impl FnOnce() -> T) {
        let leave = Leave::new(&self.once, place);
        let value = f();
        // SAFETY: nobody has a reference to the value before `leave` says that it is there.
        unsafe { *self.value.get() = Some(value) };
        leave.done();
    }

    fn value(&self) -> &T {
        // SAFETY: the value has been set, which happens once in a run.
        let value = unsafe { &*self.value.get() };
        value.as_ref().expect("it is initialised")
    }

    fn renew(&self) {
        if self.once.is_stale() {
            // SAFETY: the run that is over has no lanes any more that could use a reference.
            let old = unsafe { (*self.value.get()).take() };
            // Its destructor belongs to that run, too.
            real::mem::forget(old);
            self.once.renew();
        }
    }
}

impl<T> Default for OnceLock<T> {
    #[track_caller]
    fn default() -> Self {
        OnceLock::new()
    }
}

impl<T> From<T> for OnceLock<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        let mut cell = OnceLock::new();
        cell.once.set(true);
        cell.value = UnsafeCell::new(Some(value));
        cell
    }
}

impl<T: Clone> Clone for OnceLock<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        self.get()
            .cloned()
            .map_or_else(OnceLock::new, OnceLock::from)
    }
}

impl<T: PartialEq> PartialEq for OnceLock<T> {
    #[track_caller]
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Eq> Eq for OnceLock<T> {}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_tuple("OnceLock");
        match self.get() {
            Some(value) => out.field(value),
            None => out.field(&format_args!("<uninit>")),
        };
        out.finish()
    }
}
