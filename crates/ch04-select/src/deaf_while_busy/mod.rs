//! While a handler runs, nobody listens to the other branches.
//!
//! **What goes wrong.** A lawnmower takes the next lane and drives along it, for a minute. Somebody
//! presses stop after two seconds. The stop is a branch of the same `select!`, but that `select!`
//! is over: its first branch has won, and what runs now is the handler. The stop is seen when the
//! lane is done.
//!
//! **In Go** the body of a `case` runs alone in the same way, and a long call or a `time.Sleep` in
//! it hears nothing: the guides' streams sleep in a `case` and ignore `ctx` for as long. There the
//! call gets `ctx` and has to look at it. **In Rust** only what stands *between* `=` and `=>` is
//! raced; what stands behind `=>` is ordinary code. An `.await` there is not a mistake as such: it
//! means that this must not be interrupted.
//!
//! **The mend.** What may be interrupted has to be raced, too: an inner `select!`, or
//! `stop.run_until_cancelled(drive(lane))`. Dropping the future of `drive` stops it where it
//! stands, so this is for work that may be left half-done. For work that may not, spawn it, and
//! listen here.
//!
//! **Who catches it.** Nobody at compile time. A test that presses stop in the middle.
//!
//! Covers: a:E57

pub mod broken;
pub mod fixed;
