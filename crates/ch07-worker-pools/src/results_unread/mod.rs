//! The pool waits for its workers, and the workers wait for somebody to take their results.
//!
//! **What goes wrong.** `finish` stops the belt, joins the scale, and then collects the weights.
//! There is room for one weight. The scale has a second one in its hands and waits for room; who
//! would make room waits for the scale. With one parcel all is well.
//!
//! **In Go** it is `wg.Wait()` before the loop over the results: a guide's pool hangs as soon as
//! there are more results than its buffer holds, and one of the shorter guides has a `Stop` that
//! does so while results are unread. A buffer as large as the number of jobs hides it. **In Rust**
//! the same; if nobody held the receiver, `send` would fail and the worker would go, but `finish`
//! does hold it.
//!
//! **The rule.** Drain first, then join. The results end by themselves when the last worker has
//! dropped its sender, and after that the join takes no time; what it is still good for is to hear
//! of a panic.
//!
//! **Who catches it.** Neither rustc nor clippy. The world of tasks, in its first schedule with
//! more results than room.
//!
//! Covers: b:P18, b:E22, c:S21

pub mod broken;
pub mod fixed;
