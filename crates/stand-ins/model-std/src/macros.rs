//! The macros of `std` that share their name with a module which is not passed on.

#[doc(hidden)]
pub mod __macros {
    pub use real::{env, panic};
}

#[macro_export]
macro_rules! panic {
    ($($arg:tt)*) => {
        $crate::__macros::panic!($($arg)*)
    };
}

#[macro_export]
macro_rules! env {
    ($($arg:tt)*) => {
        $crate::__macros::env!($($arg)*)
    };
}
