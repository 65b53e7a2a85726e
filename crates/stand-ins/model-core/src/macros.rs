//! The macro of `core` that shares its name with a module of our own.

#[doc(hidden)]
pub mod __macros {
    pub use real::panic;
}

#[macro_export]
macro_rules! panic {
    ($($arg:tt)*) => {
        $crate::__macros::panic!($($arg)*)
    };
}
