//! A limit on restarts, and each restart sets the count back to zero.
//!
//! **What goes wrong.** A reader of a gas meter that crashes is started once more, and not for
//! ever: after two crashes somebody has to go and look. Each start registers the reader. To
//! register is to `insert` a fresh record, with no crashes in it, so that the count is zero
//! whenever the limit is looked at.
//!
//! **In Go** it is a guide's `registerWorker`, which stores a new struct under the id that the dead
//! worker had. With a limit of 3, 50 panics were seen. **In Rust**
//! it is the same line, and the same shape in other places: a `let mut crashes = 0` inside the loop
//! instead of before it, a counter that lives in the worker and dies with it.
//!
//! **The rule.** What outlives a worker does not belong in its record. Whoever restarts owns the
//! count; `entry(…).or_insert(0)` keeps it. A restart is then worth as much as its limit: without
//! one, a worker that crashes at once is a loop that uses up a core and fills the log. Count within
//! a window of time (the exercise `supervisor`), or three crashes in a year end it, too.
//!
//! **Who catches it.** Neither rustc nor clippy. A test with a reader that crashes once more than
//! it may.
//!
//! Covers: b:S40, b:E49

pub mod broken;
pub mod fixed;
