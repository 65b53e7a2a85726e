//! Litmus tests: programs of a few reads and writes, and what C++20 allows of them.
//!
//! Rust has the memory model of C++20 without `consume`. [`cpp20`] enumerates what it allows, by
//! the words of the standard alone; [`TABLE`] holds the well-known tests with a verdict that was
//! reasoned out by hand, so that the enumeration is checked too.

pub mod cpp20;
mod event;
mod notation;
mod random;
mod relation;
mod table;

use std::sync::atomic::Ordering;

pub use notation::parse;
pub use random::random;
pub use table::{Litmus, TABLE};

/// One operation of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Reads a location.
    Read(usize, Ordering),
    /// Writes a value to a location.
    Write(usize, usize, Ordering),
    /// Writes a value and reads the one before it, in one step.
    Swap(usize, usize, Ordering),
    /// A fence.
    Fence(Ordering),
    /// Takes the lock: there is one.
    Lock,
    /// Lets go of it.
    Unlock,
}

/// What each thread does. Every location is 0 at first.
pub type Program = Vec<Vec<Op>>;

/// What all reads found, thread by thread, and then what each location holds in the end.
pub type Outcome = Vec<usize>;

/// How many locations a program has.
pub fn locations(program: &Program) -> usize {
    let ops = program.iter().flatten();
    let locations = ops.filter_map(|op| match *op {
        Op::Read(at, _) | Op::Write(at, _, _) | Op::Swap(at, _, _) => Some(at + 1),
        Op::Fence(_) | Op::Lock | Op::Unlock => None,
    });
    locations.max().unwrap_or(0)
}
