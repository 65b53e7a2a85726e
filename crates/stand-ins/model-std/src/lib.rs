//! A stand-in for `std` under the explorer.
//!
//! The judge compiles a program a second time with `std` renamed to this crate. What the explorer
//! models stands here under the names of `std`; what it does not model and what cannot hide a
//! schedule is passed on by name. Nothing is passed on wholesale: an item that is missing here
//! does not compile in the judge, instead of hiding schedules from it. A module is passed on as a
//! whole only where all of it is plain data and functions.
//!
//! Modelled: [`sync`] and [`thread`] (without `thread_local!`), [`time`] by a virtual clock,
//! [`mod@panic`] without hooks, [`hint::spin_loop`], and the order of [`collections::HashMap`].
//!
//! Passed on although threads share it: `Arc`. Its count of references is as real as ever, but a
//! look at it (`strong_count`, `try_unwrap`, `get_mut`) is not a step of its own: it finds what
//! the last steps of the other threads left. `Weak` is not passed on, since its `upgrade` is a
//! race. Nor are `fs`, sockets, `os`, standard input and `UnsafeCell`.
//!
//! Outside a world the modelled types panic.
#![expect(
    missing_docs,
    reason = "the items are those of `std`, and are documented there"
)]
#![allow(
    clippy::legacy_numeric_constants,
    reason = "passing modules on is not using them"
)]
#![allow(
    unsafe_code,
    reason = "locks and cells hand out references to what they protect"
)]

extern crate std as real;

pub mod cell;
pub mod collections;
pub mod env;
pub mod hash;
pub mod hint;
pub mod io;
mod macros;
pub mod net;
pub mod panic;
pub mod process;
pub mod sync;
pub mod thread;
pub mod time;

pub use real::{
    alloc, any, array, ascii, backtrace, borrow, boxed, char, clone, cmp, convert, default, error,
    f32, f64, ffi, fmt, future, iter, marker, mem, num, ops, option, path, pin, prelude, primitive,
    ptr, rc, result, slice, str, string, task,
};

// Their constants are out of fashion, but programs may use them.
pub use real::{i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize};

// `vec` is a module and a macro.
pub use real::{
    assert, assert_eq, assert_ne, cfg, column, compile_error, concat, dbg, debug_assert,
    debug_assert_eq, debug_assert_ne, eprint, eprintln, file, format, format_args, include,
    include_bytes, include_str, line, matches, module_path, option_env, print, println, stringify,
    todo, unimplemented, unreachable, vec, write, writeln,
};

#[doc(hidden)]
pub use self::macros::__macros;
