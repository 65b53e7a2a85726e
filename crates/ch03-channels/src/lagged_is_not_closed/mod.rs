//! A listener that missed something behaves as if it were over.
//!
//! **What goes wrong.** A price board draws the prices of an exchange. It is slow at times, and
//! then the exchange has forgotten prices that the board has not seen. `recv` says so, once, with
//! an error: `Lagged(1)`. `while let Ok(price)` takes every error for the end. The board stops for
//! good, at an old price, and looks as if it were working.
//!
//! **In Go** there is no such channel. One builds it, and a slow listener then either holds up
//! everybody (a plain send) or loses messages without being told (`default`). **In Rust** tokio's
//! `broadcast` keeps the newest `n` messages and tells those who were too slow how many they
//! missed. A reader that was six messages too slow heard `Lagged(6)`, and then the rest. (The `n`
//! is rounded up to a power of two.)
//!
//! **The mend.** Two errors, two answers. `Closed` is the end. After `Lagged` the next `recv` gives
//! the oldest message that is still there; whether to go on, to count, or to start anew from a
//! snapshot is for the listener to say. A board goes on. Where only the newest price matters,
//! `watch` has no lag at all.
//!
//! **Who catches it.** Neither rustc nor clippy: `while let Ok` is complete as it stands. A test in
//! which the listener is slow.
//!
//! Covers: a:P20, a:S69, c:S56

pub mod broken;
pub mod fixed;
