//! A stand-in for `core` under the explorer.
//!
//! The judge renames `core` as well as `std`, since `core::sync::atomic` is another way to the
//! same atomics. What the explorer models is that of `model-std`, so that the types agree; what
//! it does not model and what cannot hide a schedule is passed on by name.
#![expect(
    missing_docs,
    reason = "the items are those of `core`, and are documented there"
)]
#![allow(
    clippy::legacy_numeric_constants,
    reason = "passing modules on is not using them"
)]

extern crate core as real;

mod macros;

pub use real::{
    alloc, any, array, ascii, borrow, char, clone, cmp, convert, default, error, f32, f64, ffi,
    fmt, future, iter, marker, mem, num, ops, option, pin, prelude, primitive, ptr, result, slice,
    str, task,
};

// Their constants are out of fashion, but programs may use them.
pub use real::{i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize};

pub use real::{
    assert, assert_eq, assert_ne, cfg, column, compile_error, concat, debug_assert,
    debug_assert_eq, debug_assert_ne, env, file, format_args, include, include_bytes, include_str,
    line, matches, module_path, option_env, stringify, todo, unimplemented, unreachable, write,
    writeln,
};

pub use model_std::{cell, hint, net};

pub mod hash {
    //! `core::hash`.

    pub use real::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};
}

pub mod panic {
    //! `core::panic`.

    pub use real::panic::{
        AssertUnwindSafe, Location, PanicInfo, PanicMessage, RefUnwindSafe, UnwindSafe,
    };
}

pub mod sync {
    //! `core::sync`.

    pub use model_std::sync::atomic;
}

pub mod time {
    //! `core::time`.

    pub use real::time::{Duration, TryFromFloatSecsError};
}

#[doc(hidden)]
pub use self::macros::__macros;
