//! `std::sync::atomic`.

pub use real::sync::atomic::Ordering;

use explore::runtime::atomic::{Orders, Word};
use real::fmt;
use real::panic::Location;

/// Refuses the orderings that `std` refuses, as it does: with a panic.
#[track_caller]
fn for_load(order: Ordering) -> Ordering {
    match order {
        Ordering::Release => panic!("there is no such thing as a release load"),
        Ordering::AcqRel => panic!("there is no such thing as an acquire-release load"),
        order => order,
    }
}

#[track_caller]
fn for_store(order: Ordering) -> Ordering {
    match order {
        Ordering::Acquire => panic!("there is no such thing as an acquire store"),
        Ordering::AcqRel => panic!("there is no such thing as an acquire-release store"),
        order => order,
    }
}

/// The load of a read-modify-write that changes nothing.
fn load_half(order: Ordering) -> Ordering {
    match order {
        Ordering::AcqRel => Ordering::Acquire,
        Ordering::Release => Ordering::Relaxed,
        order => order,
    }
}

macro_rules! integer {
    ($name:ident, $type:ty) => {
        /// An integer that threads share.
        pub struct $name(Word);

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
                self.0
                    .load(Location::caller(), for_load(order), show_integer::<$type>)
                    as $type
            }

            #[track_caller]
            pub fn store(&self, value: $type, order: Ordering) {
                let place = Location::caller();
                self.0
                    .store(value as u64, place, for_store(order), show_integer::<$type>);
            }
        }
    };
}

trait Integer {
    fn text(bits: u64) -> String;
}

fn show_integer<T: Integer>(bits: u64) -> String {
    T::text(bits)
}

macro_rules! text {
    ($($type:ty),*) => { $(
        impl Integer for $type {
            fn text(bits: u64) -> String {
                (bits as $type).to_string()
            }
        }
    )* };
}
text!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);

integer!(AtomicUsize, usize);
