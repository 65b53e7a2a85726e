//! The lock of a shared receiver is held while the job is done.
//!
//! **What goes wrong.** Two threads take photos from one queue and develop them. The receiver is in
//! a `Mutex`, since std has only one for each channel. The guard that `lock()` returns is a
//! temporary of the `while let`, and lives to the end of its body. So the photo is developed with
//! the queue locked, and the other thread waits until it is done. Two threads, and never more than
//! one at work.
//!
//! **In Go** workers `range` over one channel, which locks inside, and only for the moment of
//! taking. There is nothing to get wrong. **In Rust** std's and tokio's channels have one receiver.
//! Sharing it needs a lock, and the shortest way to write that holds it for too long. Measured with
//! four workers and eight jobs of 50 ms: 408 ms, and 107 ms after the mend.
//!
//! The check makes slowness a fact: each of the two photos is finished only when the other one has
//! been begun.
//!
//! **The mend.** Take the photo in a statement of its own; the guard ends at its `;`. (An idle
//! thread still holds the lock while it waits for a photo. That does no harm as long as all that
//! wait for the lock want the same.) crossbeam's receivers can be cloned and need no lock.
//!
//! **Who catches it.** Not rustc, not clippy by default: `significant_drop_in_scrutinee` does, and
//! is in the nursery. A test that needs two at once.
//!
//! Covers: a:P27d, a:S33, c:S14

pub mod broken;
pub mod fixed;
