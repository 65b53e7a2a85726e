//! The truth value that threads share.

use explore::runtime::Place;
use explore::runtime::atomic::{Orders, Word};
use real::fmt;
use real::panic::Location;

use super::Ordering;
use super::order::{for_exchange, for_load, for_store, for_update};

/// A truth value that threads share.
pub struct AtomicBool(Word);

fn show(bits: u64) -> String {
    (bits != 0).to_string()
}

impl AtomicBool {
    #[track_caller]
    pub const fn new(value: bool) -> Self {
        Self(Word::new("AtomicBool", value as u64, Location::caller()))
    }

    #[track_caller]
    pub fn load(&self, order: Ordering) -> bool {
        self.0.load(Location::caller(), for_load(order), show) != 0
    }

    #[track_caller]
    pub fn store(&self, value: bool, order: Ordering) {
        let place = Location::caller();
        self.0.store(value.into(), place, for_store(order), show);
    }

    #[track_caller]
    pub fn swap(&self, value: bool, order: Ordering) -> bool {
        self.change(Location::caller(), order, "swaps", |_| value)
    }

    #[track_caller]
    pub fn compare_exchange(
        &self,
        current: bool,
        new: bool,
        success: Ordering,
        failure: Ordering,
    ) -> Result<bool, bool> {
        let orders = for_exchange(success, failure);
        let way = ("compare_exchange", false);
        self.exchange(Location::caller(), current, new, orders, way)
    }

    #[track_caller]
    pub fn compare_exchange_weak(
        &self,
        current: bool,
        new: bool,
        success: Ordering,
        failure: Ordering,
    ) -> Result<bool, bool> {
        let orders = for_exchange(success, failure);
        let way = ("compare_exchange_weak", true);
        self.exchange(Location::caller(), current, new, orders, way)
    }

    #[track_caller]
    pub fn fetch_and(&self, value: bool, order: Ordering) -> bool {
        self.change(Location::caller(), order, "fetch_and", |old| old & value)
    }

    #[track_caller]
    pub fn fetch_nand(&self, value: bool, order: Ordering) -> bool {
        self.change(Location::caller(), order, "fetch_nand", |old| {
            !(old & value)
        })
    }

    #[track_caller]
    pub fn fetch_or(&self, value: bool, order: Ordering) -> bool {
        self.change(Location::caller(), order, "fetch_or", |old| old | value)
    }

    #[track_caller]
    pub fn fetch_xor(&self, value: bool, order: Ordering) -> bool {
        self.change(Location::caller(), order, "fetch_xor", |old| old ^ value)
    }

    #[track_caller]
    pub fn fetch_not(&self, order: Ordering) -> bool {
        self.change(Location::caller(), order, "fetch_not", |old| !old)
    }

    /// A load and weak exchanges until one succeeds, as in `std`: `f` may run again.
    #[track_caller]
    pub fn fetch_update<F>(&self, set: Ordering, fetch: Ordering, mut f: F) -> Result<bool, bool>
    where
        F: FnMut(bool) -> Option<bool>,
    {
        let mut seen = self.load(fetch);
        while let Some(new) = f(seen) {
            match self.compare_exchange_weak(seen, new, set, fetch) {
                Ok(old) => return Ok(old),
                Err(newer) => seen = newer,
            }
        }
        Err(seen)
    }

    #[track_caller]
    pub fn try_update(
        &self,
        set: Ordering,
        fetch: Ordering,
        f: impl FnMut(bool) -> Option<bool>,
    ) -> Result<bool, bool> {
        self.fetch_update(set, fetch, f)
    }

    #[track_caller]
    pub fn update(&self, set: Ordering, fetch: Ordering, mut f: impl FnMut(bool) -> bool) -> bool {
        match self.fetch_update(set, fetch, |old| Some(f(old))) {
            Ok(old) | Err(old) => old,
        }
    }

    pub fn get_mut(&mut self) -> &mut bool {
        let word: *mut u64 = self.0.get_mut();
        let low = match cfg!(target_endian = "big") {
            true => size_of::<u64>() - 1,
            false => 0,
        };
        // SAFETY: the low byte of a word that is borrowed for as long as the result, and holds 0
        // or 1.
        unsafe { &mut *word.cast::<u8>().add(low).cast::<bool>() }
    }

    pub fn into_inner(self) -> bool {
        self.0.peek() != 0
    }

    fn change(
        &self,
        place: Place,
        order: Ordering,
        verb: &'static str,
        f: impl Fn(bool) -> bool,
    ) -> bool {
        let mut change = |old: u64| Some(f(old != 0).into());
        let way = (verb, false);
        match self
            .0
            .update(place, for_update(order), way, show, &mut change)
        {
            Ok(old) | Err(old) => old != 0,
        }
    }

    fn exchange(
        &self,
        place: Place,
        current: bool,
        new: bool,
        orders: Orders,
        way: (&'static str, bool),
    ) -> Result<bool, bool> {
        let mut change = |old: u64| ((old != 0) == current).then_some(new.into());
        match self.0.update(place, orders, way, show, &mut change) {
            Ok(old) => Ok(old != 0),
            Err(old) => Err(old != 0),
        }
    }
}

impl Default for AtomicBool {
    #[track_caller]
    fn default() -> Self {
        Self::new(false)
    }
}

impl From<bool> for AtomicBool {
    #[track_caller]
    fn from(value: bool) -> Self {
        Self::new(value)
    }
}

impl fmt::Debug for AtomicBool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.load(Ordering::Relaxed).fmt(f)
    }
}
