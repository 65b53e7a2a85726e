//! A thread that waits for itself, because a guard lives longer than it looks.
//!
//! **What goes wrong.** The guard that `lock()` returns has no name here: it is a temporary in the
//! scrutinee of a `match`. Such temporaries live to the end of the whole `match`, so the lock is
//! still held in the arm that locks again. One thread is enough, and it fails on the first miss,
//! every time.
//!
//! **In Go** you would see it: `Unlock` is a line of its own, and it either stands before the
//! second `Lock` or does not. A `defer` hides it as well as a Rust temporary does.
//!
//! **In Rust** the lock ends where the guard is dropped. In edition 2024 `if let … else` drops the
//! scrutinee's temporaries before `else`; `match` keeps them, in every edition. `while let` keeps
//! them for the whole body. std's `Mutex` does not promise what locking twice does: it may hang or
//! panic, but it never returns.
//!
//! **The rule.** Take out of the lock what you need in one statement that ends with `;`, by value
//! (`copied()`, `cloned()`). Two threads may now both miss and both fetch. That is harmless here;
//! where it is not, keep a named guard across both steps.
//!
//! **Who catches it.** Not rustc. clippy's `significant_drop_in_scrutinee` (nursery, off by
//! default) is silent about this `match`. Any test that misses the cache hangs; the explorer names
//! both lines.
//!
//! Covers: a:P27b, c:P42

pub mod broken;
pub mod fixed;
