//! A lock held while a send waits for the one who needs the lock.
//!
//! **What goes wrong.** `send` holds the lock until the reading is taken. The display, which alone
//! can take it, first wants to close the feed, and closing needs the lock.
//!
//! **In Go** it is a guide's "safe channel": a mutex and a flag around `send` and `close`, so that
//! nobody sends on a closed channel. It trades a panic for a deadlock.
//!
//! **In Rust** the wrapper has a reason only where both halves may end the feed; otherwise, drop
//! the sender. Note the `match`: it keeps the guard for the whole arm, as in `match_guard`.
//!
//! **The rule.** Nothing that can wait under a lock. A `SyncSender` is cheap to clone: take a clone
//! out of the lock, let go, then send. A reading already on its way may still arrive after `close`;
//! the receiver ends when that clone is gone, too.
//!
//! **Who catches it.** Neither rustc nor clippy. The explorer does.
//!
//! Covers: a:P25, a:S29, a:E24

pub mod broken;
pub mod fixed;
