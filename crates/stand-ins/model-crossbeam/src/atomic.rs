//! `crossbeam::atomic::AtomicCell`.

use std::cell::UnsafeCell;
use std::fmt;
use std::mem;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};

use explore::runtime::{self, Edge, Object, Place, Touch, Turn, Wait};

/// A cell that threads share. One operation is one step, and loads see the newest value.
pub struct AtomicCell<T> {
    object: Object,
    value: UnsafeCell<T>,
}

// SAFETY: a world runs on one operating system thread, and `Object::index`, which every operation
// goes through before it touches the value, refuses an object that another world knows.
#[expect(unsafe_code, reason = "the cell is shared like the one of `crossbeam`")]
unsafe impl<T: Send> Send for AtomicCell<T> {}
// SAFETY: as above.
#[expect(unsafe_code, reason = "the cell is shared like the one of `crossbeam`")]
unsafe impl<T: Send> Sync for AtomicCell<T> {}

// As the one of `crossbeam`.
impl<T> UnwindSafe for AtomicCell<T> {}
impl<T> RefUnwindSafe for AtomicCell<T> {}

impl<T> AtomicCell<T> {
    #[track_caller]
    pub const fn new(val: T) -> Self {
        AtomicCell {
            object: Object::new("AtomicCell", Location::caller()),
            value: UnsafeCell::new(val),
        }
    }

    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }

    #[track_caller]
    pub fn store(&self, val: T) {
        drop(self.change(Location::caller(), "writes", |value| {
            mem::replace(value, val)
        }));
    }

    #[track_caller]
    pub fn swap(&self, val: T) -> T {
        self.change(Location::caller(), "swaps", |value| {
            mem::replace(value, val)
        })
    }

    /// One step that may change the value. `change` is code of this module or an operator of a
    /// plain number: it does not come back to the cell.
    fn change<R>(&self, place: Place, verb: &str, change: impl FnOnce(&mut T) -> R) -> R {
        let turn = runtime::turn(place, &Wait::none());
        turn.touch(&self.object, Touch::Write, Edge::Both);
        let result = change(self.value(&turn));
        self.say(turn, verb);
        result
    }

    /// The value, for the step that `turn` gives.
    #[expect(clippy::mut_from_ref, reason = "a turn is given to one lane at a time")]
    fn value(&self, turn: &Turn) -> &mut T {
        // Refuses a cell that another world knows.
        turn.touch(&self.object, Touch::Saw(0), Edge::None);
        // SAFETY: no other lane runs during a step, and the callers in this module neither keep
        // the reference beyond it nor run code of the program that could come back here.
        #[expect(unsafe_code, reason = "a step has the cell for itself")]
        unsafe {
            &mut *self.value.get()
        }
    }

    fn say(&self, turn: Turn, verb: &str) {
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("{verb} {name}")).uses(&self.object)
        });
    }
}

impl<T: Copy> AtomicCell<T> {
    #[track_caller]
    pub fn load(&self) -> T {
        let place = Location::caller();
        let turn = runtime::look(place);
        turn.touch(&self.object, Touch::Read, Edge::Acquire);
        let value = *self.value(&turn);
        runtime::looked(place, turn.version(&self.object));
        self.say(turn, "reads");
        value
    }
}

impl<T: Default> AtomicCell<T> {
    #[track_caller]
    pub fn take(&self) -> T {
        let default = T::default();
        self.change(Location::caller(), "takes", |value| {
            mem::replace(value, default)
        })
    }
}

impl<T: Copy + Eq> AtomicCell<T> {
    /// # Errors
    /// With the value, if it is not `current`.
    #[track_caller]
    pub fn compare_exchange(&self, current: T, new: T) -> Result<T, T> {
        let place = Location::caller();
        let turn = runtime::look(place);
        turn.touch(&self.object, Touch::Read, Edge::Acquire);
        let found = *self.value(&turn);
        if found != current {
            runtime::looked(place, turn.version(&self.object));
            self.say(turn, "compares and does not change");
            return Err(found);
        }
        turn.touch(&self.object, Touch::Write, Edge::Release);
        *self.value(&turn) = new;
        self.say(turn, "compares and changes");
        Ok(found)
    }

    /// # Errors
    /// With the value, if `f` has no other one.
    #[track_caller]
    pub fn fetch_update<F>(&self, mut f: F) -> Result<T, T>
    where
        F: FnMut(T) -> Option<T>,
    {
        let mut previous = self.load();
        while let Some(next) = f(previous) {
            match self.compare_exchange(previous, next) {
                changed @ Ok(_) => return changed,
                Err(other) => previous = other,
            }
        }
        Err(previous)
    }
}

macro_rules! arithmetic {
    ($($type:ty),*) => { $(
        impl AtomicCell<$type> {
            operation!($type, fetch_add "adds to", |a, b| a.wrapping_add(b));
            operation!($type, fetch_sub "subtracts from", |a, b| a.wrapping_sub(b));
            operation!($type, fetch_and "ands", |a, b| a & b);
            operation!($type, fetch_nand "nands", |a, b| !(a & b));
            operation!($type, fetch_or "ors", |a, b| a | b);
            operation!($type, fetch_xor "xors", |a, b| a ^ b);
            operation!($type, fetch_max "maxes", |a, b| a.max(b));
            operation!($type, fetch_min "mins", |a, b| a.min(b));
        }
    )* };
}

macro_rules! operation {
    ($type:ty, $name:ident $verb:literal, |$a:ident, $b:ident| $result:expr) => {
        #[track_caller]
        pub fn $name(&self, val: $type) -> $type {
            self.change(Location::caller(), $verb, |value| {
                let ($a, $b) = (*value, val);
                *value = $result;
                $a
            })
        }
    };
}

arithmetic!(
    u8, i8, u16, i16, u32, i32, u64, i64, u128, i128, usize, isize
);

impl AtomicCell<bool> {
    operation!(bool, fetch_and "ands", |a, b| a & b);
    operation!(bool, fetch_nand "nands", |a, b| !(a & b));
    operation!(bool, fetch_or "ors", |a, b| a | b);
    operation!(bool, fetch_xor "xors", |a, b| a ^ b);
}

impl<T: Default> Default for AtomicCell<T> {
    #[track_caller]
    fn default() -> Self {
        AtomicCell::new(T::default())
    }
}

impl<T> From<T> for AtomicCell<T> {
    #[track_caller]
    fn from(val: T) -> Self {
        AtomicCell::new(val)
    }
}

impl<T: Copy + fmt::Debug> fmt::Debug for AtomicCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AtomicCell").finish_non_exhaustive()
    }
}
