//! A stand-in for `std` under the explorer.
//!
//! The judge compiles a program a second time with `std` renamed to this crate. What the explorer
//! models stands here under the names of `std`; what it does not model and what cannot hide a
//! schedule is passed on by name. Nothing is passed on wholesale: an item that is missing here
//! does not compile in the judge, instead of hiding schedules from it.
//!
//! Outside a world the modelled types panic.
#![expect(
    missing_docs,
    reason = "the items are those of `std`, and are documented there"
)]
#![allow(unsafe_code)]

extern crate std as real;

pub mod hint;
pub mod panic;
pub mod sync;
pub mod thread;
pub mod time;
