//! A chain of stream adaptors is one task, and its stages take turns.
//!
//! **What goes wrong.** A laundry has a washing machine and a dryer. `.then(wash).then(dry)` reads
//! like a pipeline: what is washed goes on to the dryer, and the next shirt into the machine. But
//! the second `then` is polled until its shirt is dry, and while it waits it does not ask the first
//! one for another. Three shirts take six minutes; one machine always stands still.
//!
//! **In Go** each stage of a pipeline is a goroutine behind a channel, and stages overlap, as a
//! guide says: n items through k stages of time t take (n + k − 1) t. **In Rust** a stream is a
//! value that is asked for its next item. A chain of them is one future, lazy from the first to the
//! last; it starts nothing and runs in nobody's background. `buffered(1)` in the place of `then`
//! does not help: it holds a future, and that is polled when somebody asks, too.
//!
//! **The mend.** A task for the stage that is to go on by itself, and a channel with a place or
//! two. The stream behind it is the same for its reader. If the reader leaves, the channel closes,
//! and the task ends at its next `send`. (If it can fail or panic, it has to be joined as well:
//! [`error_looks_like_the_end`](super::error_looks_like_the_end).) What a stage should do for
//! several items at a time is another question: `buffered(n)` (chapter 6).
//!
//! **Who catches it.** Neither rustc nor clippy. A test of the time, on a virtual clock.
//!
//! Covers: a:C48, a:S128

pub mod broken;
pub mod fixed;
