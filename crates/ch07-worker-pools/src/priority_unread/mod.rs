//! Every job carries its priority, and the queue does not look at it.
//!
//! **What goes wrong.** A laboratory takes samples, and on some of them stands "urgent". They go
//! into one channel. A channel is first in, first out, whatever is in it: the urgent sample waits
//! until the routine ones before it are done, a day for a culture. The mark is handed on from hand
//! to hand, and nobody acts on it.
//!
//! **In Go** a guide's job processor gives each job a `Priority`, puts all jobs into one channel of
//! a thousand, and never reads the field: five jobs came out as 1, 5, 2, 4, 3. (A job of a type for
//! which nobody has registered a handler is printed and dropped.) **In Rust** nothing is different:
//! rustc warns of a private field that is never read, and a public one counts as read. The *type*
//! of a job is in better hands, since a `match` on an `enum` knows when a case is missing.
//!
//! **The mend.** The order is the queue's business, so the queue has to know it. For two or three
//! classes, a channel for each, asked in order under `biased`; for many, a heap
//! (`held_while_blocked` is about when to take from it). Mind that the end of one of the channels
//! is not the end of all: `closed_ends_all`.
//!
//! **Who catches it.** Neither rustc nor clippy. A test in which the urgent job comes second.
//!
//! Covers: c:S71, c:E66

pub mod broken;
pub mod fixed;

/// What is to be found out.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// Takes five minutes.
    BloodCount,
    /// Takes a day.
    Culture,
}

/// What somebody brings.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// The number on the tube.
    pub number: u32,
    /// What is to be found out.
    pub test: Test,
    /// Whether it goes before others.
    pub urgent: bool,
}
