//! One timeout over a queue of waits: the first who is silent uses it up.
//!
//! **What goes wrong.** A customer waits two seconds for the offers of several shops. The shops are
//! awaited one after the other, all under one timeout. The first never answers. When the time is
//! up, the answer of the second has been lying in its channel all along, and nobody has looked.
//!
//! **In Go** a guide collects "what we have so far" in this way: with nine of ten channels ready
//! and the first one silent, it returns nothing. Its other version, with a timeout for *each*
//! channel, does look at all of them, but ten silent ones take ten times as long. **In Rust** an
//! `.await` in a loop is as patient: it waits for this one, and for nothing else (measured: 0 of
//! 9).
//!
//! **The mend.** Wait for all of them at once and take them as they come: a task for each, in a
//! `JoinSet`, under one timeout. What has come until then is in `offers`, and dropping the set ends
//! the rest. Without tasks: `FuturesUnordered` from the `futures` crate. `select!` does not help
//! here, as its branches are counted when the program is written.
//!
//! **Who catches it.** Nobody at compile time. A test in which the *first* source is silent; with
//! any other one the mistake hides some of its harm.
//!
//! Covers: a:P60, a:S99, a:S100, a:E73, a:E74

pub mod broken;
pub mod fixed;
