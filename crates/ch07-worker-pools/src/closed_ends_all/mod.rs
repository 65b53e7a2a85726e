//! One of two queues closes, and the worker takes it for the end of both.
//!
//! **What goes wrong.** A ward treats emergencies before appointments. When the ambulance goes
//! home, its channel closes, and `recv` gives `None`: the worker returns. Whoever had an
//! appointment is never treated. Nothing hangs and nothing is reported.
//!
//! **In Go** a guide's worker over three priorities returns at the first `!ok`, with the comment
//! that all channels are closed by then: of 10 jobs in the high queue it did none, because the low
//! one was closed. When it is the high one that closes, the same program asks it again and again,
//! and used 0.498 s of processor time in half a second of waiting. The Go way out is to set the
//! variable of a closed channel to nil and to return when all are nil. **In Rust** the pattern does
//! that: a branch whose pattern does not match is off for this turn, and `else` runs when all are.
//!
//! **The rule.** The end of one source is not the end. Write `Some(x) = …` in every branch, and say
//! with `else` what happens when there is none left. (What `biased` means for the order, and what
//! happens without an `else`, is in chapter 4.)
//!
//! **Who catches it.** Neither rustc nor clippy. A test that closes one queue and leaves something
//! in the other; both orders.
//!
//! Covers: b:P26, b:S31, b:E36, b:E37

pub mod broken;
pub mod fixed;
