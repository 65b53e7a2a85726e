//! Reading while reading: two shared locks that exclude each other.
//!
//! **What goes wrong.** `gross` holds a read lock and calls `tax`, which takes another. Two readers
//! may share the lock, so this works, until a writer queues between the two. The lock is fair: new
//! readers wait behind the writer. The writer waits for `gross` to finish reading, and `gross`
//! waits behind the writer.
//!
//! **In Go** it is the same, and the documentation of `RWMutex` forbids recursive reading for this
//! very reason.
//!
//! **In Rust** tokio's `RwLock` behaves like this by design. std's and `parking_lot`'s may do so,
//! too; `parking_lot` offers `read_recursive`, which overtakes the writer and may starve it.
//!
//! **The rule.** Lock at the door. Public methods take the lock; what they share works on the
//! locked data (`&Prices`) and cannot lock.
//!
//! **Who catches it.** Neither rustc nor clippy, and no test without a writer. The world of tasks
//! needs one departure from tokio's order.
//!
//! Covers: a:P27c

pub mod broken;
pub mod fixed;
