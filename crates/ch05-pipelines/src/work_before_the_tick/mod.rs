//! The limit stands behind the work that it is to limit.
//!
//! **What goes wrong.** A service bears one request a second. The stage asks it, and then waits for
//! the tick. The first tick of an `interval` is due at once, so the first two requests are made in
//! the same instant; from then on each is made as soon as the one before has been handed on. What
//! has a rhythm is the output. The service sees a burst at each start, and after each pause.
//!
//! **In Go** a guide's rate-limited stage is written this way: it processes and then receives from
//! the ticker. A ticker of Go fires after its first period, so the burst is one smaller there.
//! (It divides a second by the rate; with a rate of 0 it panics, and with more than a billion a
//! second `NewTicker` does, in a goroutine, which ends the process.) **In Rust** the two lines can
//! stand in either order just as well.
//!
//! **The rule.** What takes the token does the work. Put the wait in front of what costs something
//! for others. `MissedTickBehavior::Delay` belongs to it: with the default, `Burst`, ticks that
//! were missed in a pause are made up for at once. (A rate that cannot be 0 is a `NonZeroU32`:
//! chapter 4, `refused/rate_of_zero.rs`.)
//!
//! **Who catches it.** Neither rustc nor clippy. A test that writes down when the service was
//! asked: with a virtual clock, to the millisecond.
//!
//! Covers: b:S8, b:E7, b:E8, b:C-3

pub mod broken;
pub mod fixed;
