//! `std::sync::LazyLock`.

use real::cell::UnsafeCell;
use real::fmt;
use real::mem::{forget, needs_drop};
use real::ops::Deref;
use real::panic::Location;

use parts::{Entry, Leave, Once, Progress};

/// A value that is made when it is first needed in a run of the program. In a `static` that
/// happens in every run: what the run before has made is forgotten, not dropped.
pub struct LazyLock<T, F = fn() -> T> {
    once: Once,
    init: UnsafeCell<Option<F>>,
    value: UnsafeCell<Option<T>>,
}

// SAFETY: as for `Mutex`.
unsafe impl<T: Send, F: Send> Send for LazyLock<T, F> {}
// SAFETY: as for `Mutex`; everybody shares `&T`, hence `T: Sync`, and one lane calls `F`.
unsafe impl<T: Send + Sync, F: Send> Sync for LazyLock<T, F> {}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    #[track_caller]
    pub const fn new(f: F) -> Self {
        LazyLock {
            once: Once::new("LazyLock", Location::caller()),
            init: UnsafeCell::new(Some(f)),
            value: UnsafeCell::new(None),
        }
    }

    #[track_caller]
    pub fn force(this: &Self) -> &T {
        let place = Location::caller();
        this.renew();
        match this.once.enter(place) {
            Entry::Done => {}
            Entry::Poisoned => panic!("LazyLock instance has previously been poisoned"),
            Entry::First => {
                let leave = Leave::new(&this.once, place);
                let value = this.init()();
                // SAFETY: nobody has a reference to the value before `leave` says that it is
                // there.
                unsafe { *this.value.get() = Some(value) };
                leave.done();
            }
        }
        // SAFETY: the value has been set, which happens once in a run.
        let value = unsafe { &*this.value.get() };
        value.as_ref().expect("it is initialised")
    }

    /// The function, for the lane that has to call it.
    fn init(&self) -> F {
        let slot = self.init.get();
        let f = if needs_drop::<F>() {
            // SAFETY: only the lane that initialises comes here, once in a run.
            unsafe { (*slot).take() }
        } else {
            // The function stays for the next run.
            //
            // SAFETY: as above; a value without a destructor can be read twice, and nobody uses
            // the one that stays before the run with this one is over.
            unsafe { slot.read() }
        };
        f.expect("the function of a lane that initialises")
    }

    fn renew(&self) {
        // A function with a destructor is gone; the explorer then refuses the `static`.
        if self.once.is_stale() && !needs_drop::<F>() {
            // SAFETY: the run that is over has no lanes any more that could use a reference.
            forget(unsafe { (*self.value.get()).take() });
            self.once.renew();
        }
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}

impl<T: Default> Default for LazyLock<T> {
    #[track_caller]
    fn default() -> Self {
        LazyLock::new(T::default)
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_tuple("LazyLock");
        // SAFETY: nobody else runs before the next visible operation, and a value that is there
        // stays as it is.
        let value = match self.once.look(Location::caller()) == Progress::Done {
            true => unsafe { &*self.value.get() },
            false => &None,
        };
        match value {
            Some(value) => out.field(value),
            None => out.field(&format_args!("<uninit>")),
        };
        out.finish()
    }
}
