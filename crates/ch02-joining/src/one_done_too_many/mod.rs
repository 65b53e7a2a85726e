//! One answer is counted down twice.
//!
//! **What goes wrong.** A guard counts every answer when its thread ends. The branch for a supplier
//! who is closed counts down by hand as well, as it had to before there was a guard. One closed
//! supplier now counts for two, and the shop opens while a price list is still on its way. If that
//! list comes first, the count goes 1, 0, and then below.
//!
//! **In Go** the count that would go below zero panics: "negative WaitGroup counter". A guide says
//! that this happens only in extreme cases, if all goroutines are done too early; the first `Done`
//! too many is enough. **In Rust** an atomic wraps without a word, in debug builds too: 0 less 1 is
//! 18446744073709551615, and who waits for zero waits for ever. (A plain `usize` under a mutex
//! panics in debug builds and wraps in release builds.) So the same mistake is early or never, and
//! neither is loud.
//!
//! **The mend.** One owner for each count. With a guard in place nobody else touches the number.
//! The counters of libraries leave no choice: a crossbeam `WaitGroup` or a token of a `TaskTracker`
//! is a value, and a value is dropped once.
//!
//! **Who catches it.** Neither rustc nor clippy. The explorer, without a single preemption.
//!
//! Covers: a:P11, a:S15, a:E17, a:C15

pub mod broken;
pub mod fixed;

use std::sync::Mutex;

/// The lists that have come so far.
pub type PriceLists = Mutex<Vec<String>>;

/// Stands for a request to `supplier`, who may be closed.
fn fetch(supplier: &str) -> Option<String> {
    (supplier != "closed").then(|| format!("prices of {supplier}"))
}
