//! The integers that threads share.

use explore::runtime::Place;
use explore::runtime::atomic::Word;
use real::fmt;
use real::panic::Location;

use super::Ordering;
use super::order::{for_exchange, for_load, for_store, for_update};

/// Shows the bits of an integer.
trait Show {
    fn show(bits: u64) -> String;
}

macro_rules! integer {
    ($name:ident, $type:ty) => {
        /// An integer that threads share.
        pub struct $name(Word);

        impl Show for $type {
            fn show(bits: u64) -> String {
                (bits as $type).to_string()
            }
        }

        impl $name {
            #[track_caller]
            pub const fn new(value: $type) -> Self {
                Self(Word::new(
                    stringify!($name),
                    value as u64,
                    Location::caller(),
                ))
            }

            #[track_caller]
            pub fn load(&self, order: Ordering) -> $type {
                let place = Location::caller();
                self.0.load(place, for_load(order), <$type>::show) as $type
            }

            #[track_caller]
            pub fn store(&self, value: $type, order: Ordering) {
                let place = Location::caller();
                self.0
                    .store(value as u64, place, for_store(order), <$type>::show);
            }

            #[track_caller]
            pub fn swap(&self, value: $type, order: Ordering) -> $type {
                self.change(Location::caller(), order, "swaps", |_| value)
            }

            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $type,
                new: $type,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$type, $type> {
                let orders = for_exchange(success, failure);
                let way = ("compare_exchange", false);
                self.exchange(Location::caller(), current, new, orders, way)
            }

            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $type,
                new: $type,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$type, $type> {
                let orders = for_exchange(success, failure);
                let way = ("compare_exchange_weak", true);
                self.exchange(Location::caller(), current, new, orders, way)
            }

            #[track_caller]
            pub fn fetch_add(&self, value: $type, order: Ordering) -> $type {
                self.change(Location::caller(), order, "fetch_add", |old| {
                    old.wrapping_add(value)
                })
            }

            #[track_caller]
            pub fn fetch_sub(&self, value: $type, order: Ordering) -> $type {
                self.change(Location::caller(), order, "fetch_sub", |old| {
                    old.wrapping_sub(value)
                })
            }

            #[track_caller]
            pub fn fetch_and(&self, value: $type, order: Ordering) -> $type {
                self.change(Location::caller(), order, "fetch_and", |old| old & value)
            }

            #[track_caller]
            pub fn fetch_nand(&self, value: $type, order: Ordering) -> $type {
                self.change(Location::caller(), order, "fetch_nand", |old| {
                    !(old & value)
                })
            }

            #[track_caller]
            pub fn fetch_or(&self, value: $type, order: Ordering) -> $type {
                self.change(Location::caller(), order, "fetch_or", |old| old | value)
            }

            #[track_caller]
            pub fn fetch_xor(&self, value: $type, order: Ordering) -> $type {
                self.change(Location::caller(), order, "fetch_xor", |old| old ^ value)
            }

            #[track_caller]
            pub fn fetch_max(&self, value: $type, order: Ordering) -> $type {
                self.change(Location::caller(), order, "fetch_max", |old| old.max(value))
            }

            #[track_caller]
            pub fn fetch_min(&self, value: $type, order: Ordering) -> $type {
                self.change(Location::caller(), order, "fetch_min", |old| old.min(value))
            }

            /// A load and weak exchanges until one succeeds, as in `std`: `f` may run again.
            #[track_caller]
            pub fn fetch_update<F>(
                &self,
                set: Ordering,
                fetch: Ordering,
                mut f: F,
            ) -> Result<$type, $type>
            where
                F: FnMut($type) -> Option<$type>,
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
                f: impl FnMut($type) -> Option<$type>,
            ) -> Result<$type, $type> {
                self.fetch_update(set, fetch, f)
            }

            #[track_caller]
            pub fn update(
                &self,
                set: Ordering,
                fetch: Ordering,
                mut f: impl FnMut($type) -> $type,
            ) -> $type {
                match self.fetch_update(set, fetch, |old| Some(f(old))) {
                    Ok(old) | Err(old) => old,
                }
            }

            pub fn get_mut(&mut self) -> &mut $type {
                let word: *mut u64 = self.0.get_mut();
                let low = match cfg!(target_endian = "big") {
                    true => size_of::<u64>() - size_of::<$type>(),
                    false => 0,
                };
                // SAFETY: the low bytes of a word that is borrowed for as long as the result.
                // Higher bytes count for nothing: the word is cut down wherever it is read.
                unsafe { &mut *word.cast::<u8>().add(low).cast::<$type>() }
            }

            pub fn into_inner(self) -> $type {
                self.0.peek() as $type
            }

            fn change(
                &self,
                place: Place,
                order: Ordering,
                verb: &'static str,
                f: impl Fn($type) -> $type,
            ) -> $type {
                let mut change = |old: u64| Some(f(old as $type) as u64);
                let done = self.0.update(
                    place,
                    for_update(order),
                    (verb, false),
                    <$type>::show,
                    &mut change,
                );
                match done {
                    Ok(old) | Err(old) => old as $type,
                }
            }

            fn exchange(
                &self,
                place: Place,
                current: $type,
                new: $type,
                orders: explore::runtime::atomic::Orders,
                way: (&'static str, bool),
            ) -> Result<$type, $type> {
                let mut change = |old: u64| (old as $type == current).then_some(new as u64);
                let done = self
                    .0
                    .update(place, orders, way, <$type>::show, &mut change);
                match done {
                    Ok(old) => Ok(old as $type),
                    Err(old) => Err(old as $type),
                }
            }
        }

        impl Default for $name {
            #[track_caller]
            fn default() -> Self {
                Self::new(0)
            }
        }

        impl From<$type> for $name {
            #[track_caller]
            fn from(value: $type) -> Self {
                Self::new(value)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.load(Ordering::Relaxed).fmt(f)
            }
        }
    };
}

integer!(AtomicI8, i8);
integer!(AtomicI16, i16);
integer!(AtomicI32, i32);
integer!(AtomicI64, i64);
integer!(AtomicIsize, isize);
integer!(AtomicU8, u8);
integer!(AtomicU16, u16);
integer!(AtomicU32, u32);
integer!(AtomicU64, u64);
integer!(AtomicUsize, usize);
