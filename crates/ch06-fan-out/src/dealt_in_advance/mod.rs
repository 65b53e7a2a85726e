//! The work is dealt out beforehand in equal shares, and the shares are not equal.
//!
//! **What goes wrong.** Three photos for two baths, so one gets two of them. These need two seconds
//! each, the third needs one. One bath works for four seconds, the other is idle after one. The
//! batch takes as long as its slowest share, and nobody can help.
//!
//! **In Go** one writes `chunk := (len(items) + n - 1) / n` and starts a goroutine for each slice.
//! A channel that all workers read from would share the work out as they go; it is often avoided as
//! "slow", which it is for tiny items only. **In Rust** `chunks` is there for the same reason: a
//! slice needs no lock. It is right where all items cost the same.
//!
//! **The mend.** One pile, from which everybody takes the next: an iterator behind a `Mutex`, a
//! channel whose receiver is shared, or, without workers, `buffer_unordered(2)`. Five seconds of
//! work in two baths then take three. The lock is held for the taking and not for the work, which
//! is why `next` is a function of its own: in the head of the `while let` the guard would live
//! through the body (among threads that is `lock_around_recv` in chapter 3; in a task rustc refuses
//! it, see `refused/`). If the items are tiny, take several at a time (`benches/`), but do not deal
//! them out in advance.
//!
//! **Who catches it.** Nobody at compile time, and no test of the result. A test of the time, on a
//! virtual clock, with shares that differ.
//!
//! Covers: a:S125, c:S18, b:P23, a:C46, a:P73

pub mod broken;
pub mod fixed;
