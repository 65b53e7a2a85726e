//! A program that reaches for everything the stand-ins promise, as programs do.
//!
//! It is compiled as the judge compiles a program: `std` is renamed to the stand-in. That it
//! compiles is what it proves; what it computes, `tests/` asserts in a world.

mod asynchronous;
mod data;
mod threads;

pub use asynchronous::block_on_both;
pub use data::{Order, ParseOrderError, describe, sort_by_customer};
pub use threads::{Registry, everything};
