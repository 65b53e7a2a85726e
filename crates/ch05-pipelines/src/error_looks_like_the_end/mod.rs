//! A stage fails, its channel closes, and the next stage takes that for the end.
//!
//! **What goes wrong.** One stage parses lines, the next one adds up. A line cannot be parsed, and
//! `?` leaves the stage with the error. The stage drops its sender. The sum is of what came before,
//! and it is handed on as the total. The error lies in a `JoinHandle` that nobody has kept.
//!
//! **In Go** a stage that gives up closes its output with the same `defer close(out)` as one that
//! is done, and the reader's `range` ends. Given a deadline of 2 ms, a guide's log analyser printed
//! 33 partial reports of 200 as final, wrote 167 empty ones to a file, and returned no error in any
//! run. **In Rust** `recv` gives `None` for both, too. `?` makes it easier: it reads as if somebody
//! got the error, and in a spawned block that somebody is whoever awaits the handle.
//!
//! **The mend.** Join the stage when its output has ended, and let its result be yours. The other
//! way is to send the error as an item, `Result<Reading, E>`, and a third is to tell of a regular
//! end with an item of its own; then a channel that closes without it has broken off.
//!
//! **Who catches it.** Not rustc: `tokio::spawn` returns a handle that may be dropped.
//! (`JoinHandle` is not `#[must_use]`.) A test with one bad line.
//!
//! Covers: a:P84, a:P87, a:E104, b:P6, b:S3

pub mod broken;
pub mod fixed;
