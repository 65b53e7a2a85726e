//! A worker that is about to go is still counted when somebody looks who is missing.
//!
//! **What goes wrong.** A crew of one unpacks crates. When a worker drops out over a crate, its
//! shift hires another one if fewer than wanted are present, and then counts itself out. At the
//! moment of the question it is still counted: one is wanted, one is present, nobody is hired. From
//! then on nobody is there, and crates lie where they are. In a larger crew each such crate costs
//! one worker for good.
//!
//! **In Go** a guide's pool has these two lines in this order, in a deferred function: with one
//! worker the pool is dead after the first panic, with four it stays at three. Another one in the
//! same guide starts the replacement without `wg.Add(1)`: the counter becomes negative, which is a
//! panic, and 3 of 20 results come. **In Rust** the first mistake is the same one. (With a drop
//! guard that counts out, it hides better: the guard is dropped after the last line.) The second
//! has no place where workers are counted by a `JoinSet`, or by a `TaskTracker`, which counts a
//! task from its spawn to its end; a hand-made counter wraps to `usize::MAX` without a word.
//!
//! **The rule.** Count yourself out before you ask whether anybody is missing. Better: let who
//! starts workers own the count, outside of the workers, and learn of each end by joining it.
//!
//! **Who catches it.** Neither rustc nor clippy. A test with one worker, one bad job and one good
//! one: a crew of four hides it.
//!
//! Covers: b:P28, b:P29, b:S36, b:S37, b:E45, b:E46

pub mod broken;
pub mod fixed;
