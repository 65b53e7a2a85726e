//! The explorer beside shuttle and loom.
//!
//! The directory `programs` holds small programs, each written once. The packages `ours`,
//! `shuttle` and `loom` compile the same files, each with `std` and `tokio` renamed to something
//! else, as the judge does it. This package runs them ([`ours`], [`shuttle`], [`loom`]), knows
//! what must come out ([`threads`], [`tasks`]) and puts the figures side by side.
//!
//! [`litmus`] is for the memory model: tiny programs as data, and [`cpp20`] says by enumeration
//! what C++20 allows.

pub mod compare;
pub mod expected;
pub mod litmus;
pub mod loom;
pub mod measure;
pub mod ours;
mod quiet;
pub mod scripts;
pub mod shuttle;
pub mod tasks;
pub mod threads;

use std::time::Duration;

/// How a program breaks, in words that all explorers share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Broken {
    /// An assertion does not hold.
    Panic,
    /// Everybody waits for ever.
    Deadlock,
    /// Somebody goes round in circles for ever.
    Endless,
}

/// What one explorer made of one program.
#[derive(Clone, Debug)]
pub struct Found {
    /// How it breaks, if it was seen to.
    pub broken: Option<Broken>,
    /// How often the program was run, the failing run included.
    pub runs: u64,
    /// Wall time, in all.
    pub time: Duration,
    /// Whether the explorer got to the end of what it set out to do.
    pub finished: bool,
    /// What the explorer said.
    pub message: String,
}
