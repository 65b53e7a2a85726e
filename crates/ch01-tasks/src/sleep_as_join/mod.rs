//! A sleep stands in for a join.
//!
//! **What goes wrong.** Two threads look up prices, and the shop opens after a sleep that is four
//! times as long as a lookup takes. On a quiet machine that is always enough. A sleep orders
//! nothing: on a busy machine, or behind a slow service, the sleep ends first and the shop opens with
//! prices missing.
//!
//! **In Go** `time.Sleep` at the end of `main` is the most common way to wait in examples, the
//! guides' own among them; each of those programs is one slow machine away from printing less.
//! **In Rust** nothing is different, except that a real join costs no more than keeping the handle.
//!
//! **The mend.** Join what was spawned. Then it takes as long as it takes, and not longer.
//!
//! **Who catches it.** Nobody who only runs it: it passes in tests until the day it does not. A ban
//! on `std::thread::sleep` with clippy's `disallowed_methods` finds it. In the world of threads a
//! sleep may end before anybody else has run; that costs one departure from the ordinary order, and
//! one is enough.
//!
//! Covers: c:P17

pub mod broken;
pub mod fixed;
