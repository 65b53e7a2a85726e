//! All workers write into one ledger, and hold it while they wait for what to write.
//!
//! **What goes wrong.** Each clerk locks the ledger, asks a shop for its takings, and enters them.
//! While a shop counts, its clerk holds the lock, and the next one cannot even ask. Two shops that
//! count for a second take two seconds, fifty take fifty. The clerks are there, and work in turn.
//!
//! **In Go** it is `mu.Lock()` with `defer mu.Unlock()` on the first lines of the goroutine. It is
//! right, race-free, and sequential. **In Rust** a guard lives to the end of its block, which has
//! the same shape. With the mutex of `std` a spawned task would not compile (chapter 11 shows it);
//! with tokio's, which was made to be held over an `.await`, it does.
//!
//! **The mend.** First wait, then lock: swap the two lines. Then look whether the lock is needed at
//! all. A task that *returns* its takings shares nothing, and whoever joins the set enters them, in
//! a ledger that is a local variable. Whatever is left of a hot lock is a matter of measuring:
//! shards, or a ledger for each worker that is merged at the end.
//!
//! **Who catches it.** Nobody at compile time; clippy's `await_holding_lock` knows only locks that
//! must not be held over an `.await`. The result is right. A test of the time, on a virtual clock.
//!
//! Covers: a:P72

pub mod broken;
pub mod fixed;

use std::collections::BTreeMap;

/// Takings by currency, in cents.
pub type Ledger = BTreeMap<&'static str, u64>;
