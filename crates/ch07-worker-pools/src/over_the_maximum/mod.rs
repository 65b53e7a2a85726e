//! The number of workers is read under the lock, and acted on after it.
//!
//! **What goes wrong.** A call centre opens a line when callers wait, two at most. `open_another`
//! reads how many are open and lets go of the lock at the end of that line. Between the question
//! and the answer another clerk opens the last line. Both have seen one, and three are open.
//!
//! **In Go** it is the adaptive pool of a guide, whose scaling loop copies `active` under the mutex
//! and compares the copy with the maximum after the unlock. **In Rust** the lock holds the data, so
//! nobody can forget to lock; one can lock twice. `*self.open.lock().unwrap()` is a guard that
//! lives to the end of its statement and leaves a copy behind, and the copy knows nothing of what
//! happens afterwards.
//!
//! **The rule.** Check and act under the same guard. A number that was read under a lock is out of
//! date as soon as the lock is released; this holds for `len()`, `is_empty()` and
//! `available_permits()`, too. Where the maximum is all that is wanted, a `Semaphore` is the check
//! and the act in one.
//!
//! **Who catches it.** Neither rustc nor clippy, and no race detector either, since every access is
//! locked. The world of threads, with one preemption.
//!
//! Covers: b:S30, b:E35, a:S116, a:E85

pub mod broken;
pub mod fixed;
