//! A sleep inside the loop begins anew whenever another branch wins.
//!
//! **What goes wrong.** A text is to be saved every half second. The `sleep` is made in the
//! `select!`, so each turn of the loop makes a new one and drops the old. Whoever types a key every
//! 400 ms pushes the half second ahead of them, and the text is never saved while they write.
//!
//! **In Go** this is `case <-time.After(…)` in a `for`, with the same effect. What guides warn of
//! is another thing, that each turn leaves a timer behind; since Go 1.23 those are collected. **In
//! Rust** a dropped `Sleep` takes its timer along, so that the habit costs nothing and only does
//! the wrong thing: with a message every 400 ms a `sleep` of 500 ms did not fire once in 40
//! seconds; an interval fired 80 times.
//!
//! Sometimes the restart *is* what one wants: "after half a second without a key" is an idle
//! timeout. The code should show which of the two was meant.
//!
//! **The mend.** Make the timer outside the loop: an `interval`, or one pinned `Sleep` that is
//! awaited by `&mut` and set anew with `reset` when the time comes. `Sleep::reset` leaves no stale
//! tick behind; `Timer.Reset` did, in Go before 1.23.
//!
//! **Who catches it.** Neither rustc nor clippy. A test with messages that come faster than the
//! timer.
//!
//! Covers: a:P61, a:S98, a:E72, a:C37

pub mod broken;
pub mod fixed;
