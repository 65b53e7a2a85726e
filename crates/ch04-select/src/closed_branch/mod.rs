//! A closed channel is ready for ever, and its branch wins every turn.
//!
//! **What goes wrong.** News is collected into one letter, which goes out after a minute of
//! silence. Then the project is closed and drops its sender. From here on `recv()` is `None` at
//! once, each time. The loop has nothing to do with a `None`, goes round, and asks again. The
//! minute of silence begins anew in each turn and is never over.
//!
//! **In Go** a receive from a closed channel yields a zero value at once. `case line := <-news`
//! then collects empty lines (a guide's loop took 1.25 million in 100 ms, and another's receiver
//! returns `""` and no error), or, with `if !ok { continue }`, spins. The cure is to set the
//! variable to `nil`, because a nil channel is never ready. **In Rust** the `None` cannot
//! be mistaken for a message, and the spin is the same: measured on tokio, 176,668 turns in 200 ms,
//! in which a sleep of 10 ms beside them never fired. Other tasks do get their turn, because tokio
//! makes a task yield after 128 operations that were ready at once.
//!
//! **The mend.** A pattern: `Some(line) = news.recv()`. Where it does not match, the branch is off
//! for this `select!`, and the others go on; it is the `nil` of Go, anew in each turn. Where the
//! end of the channel is the end of the loop, say so instead: `None => return letter`.
//!
//! **Who catches it.** Neither rustc nor clippy. In a test on tokio not even a `timeout` under a
//! paused clock, which only moves when every task waits. The world counts steps, and stops at
//! 10,000.
//!
//! Covers: a:P20, a:E30, b:P10, c:P31, c:P32, c:E36, c:E58, c:S53

pub mod broken;
pub mod fixed;
