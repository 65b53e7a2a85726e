//! A stage that sorts takes everything in, and the bound around it holds nothing.
//!
//! **What goes wrong.** Flights are sorted by urgency, so each of them is taken in at once: who is
//! not there cannot be sorted. The channel before the hangar has one place and is always free. The
//! heap grows as long as flights land faster than they take off, and since arriving comes first,
//! a steady stream of arrivals keeps everybody in the hangar.
//!
//! **In Go** a guide shows this stage as a way to hold back pressure, with a `default` branch that
//! sends if nothing arrives: in two seconds it had 112,139 items in its queue and had delivered
//! 1,672. Looking for the next one took longer with each, as it went through a slice. **In Rust**
//! the heap is in the standard library, and the condition of a branch is where the bound belongs.
//!
//! **The mend.** `if waiting.len() < PLACES`: with the hangar full, nobody is received, the channel
//! fills, and who lands waits. Among those inside the order is strict. Sorting and a bound exclude
//! each other beyond that: an urgent flight outside waits for a place like any other, unless urgent
//! ones have a door of their own. (`Reverse` is not about this: a heap gives away the largest,
//! which among equals would be the latest.)
//!
//! **Who catches it.** Neither rustc nor clippy. A test in which nobody takes anything out.
//!
//! Covers: b:S13, b:P12, b:E11, b:E12, b:C-5

pub mod broken;
pub mod fixed;
