//! A `default` beside a timeout, and nobody waits.
//!
//! **What goes wrong.** A scale needs a moment to settle, so it gets a second. But the `select!`
//! has a `default` as well, which runs when nothing is ready *now*. Nothing ever is, in the first
//! microsecond. The second is never waited for, and hardly any parcel is weighed.
//!
//! **In Go** it is the same text with the same result: a guide's "receive with timeout" gave up
//! after 6 µs, and its "basic select" took `default` in 1,000 of 1,000 runs. **In Rust** this is
//! crossbeam's `select!`, for threads (`None` after 3.5 µs). tokio's has no `default`; there the
//! mistake takes other shapes: a branch that is always ready, `try_recv` or `now_or_never` where
//! `timeout` was meant.
//!
//! **The mend.** Leave one of the two: `default` is for not waiting at all, a timeout for waiting
//! so long. crossbeam has a short form of the second, `default(PATIENCE) => None`; with a single
//! channel it is `scale.recv_timeout(PATIENCE)`.
//!
//! **Who catches it.** Neither rustc nor clippy. A test that asks when the answer came, and not
//! only which: a scale that has settled before hides the mistake.
//!
//! Covers: a:P57, a:S108, a:E78, c:E35

pub mod broken;
pub mod fixed;
