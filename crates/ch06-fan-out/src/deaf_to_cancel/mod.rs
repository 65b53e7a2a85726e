//! A worker looks at the token before each job, and there is no next job.
//!
//! **What goes wrong.** The cooks ask whether the kitchen is closed, then wait for an order. On a
//! quiet evening both wait, one with the lock of the board and one for it, when the kitchen closes.
//! The waiter still has the board, so no order comes and the channel does not end. Nobody looks at
//! the token again.
//!
//! **In Go** it is `for job := range jobs` in a fan-out that has a context: two guides do so, and
//! `range` does not hear a cancel. Of ten goroutines ten are there after it, and the output is
//! never closed. Their other half, a plain `out <- result`, left four of four workers behind when
//! nobody read any more. **In Rust** the first is the same hang as long as one sender lives. The
//! second is none: once the receiver is dropped, `send` returns an error, also to those who wait in
//! it.
//!
//! **The mend.** Wait for both at once: `run_until_cancelled` is a `select!` of the token and a
//! future, and drops the future if the token is first. What is dropped here is the place in the
//! queue for the lock, or a `recv`, which loses no message.
//!
//! **Who catches it.** Nobody at compile time. A test that cancels while there is nothing to do;
//! most tests of a cancel do it under load, where this one passes.
//!
//! Covers: c:P34, c:P35, c:S17, c:E15, c:E16

pub mod broken;
pub mod fixed;
