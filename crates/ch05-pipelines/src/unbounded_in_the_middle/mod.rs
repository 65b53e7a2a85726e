//! One channel of the pipeline has no bound, and takes the backpressure out of all of it.
//!
//! **What goes wrong.** Reading a photograph takes no time, tagging one takes a second. Between the
//! two is an unbounded channel, because nobody wanted to think of a number. The reader never waits.
//! All photographs are in memory before the first one has its tag; with a handful nobody notices.
//!
//! **In Go** a channel always has a capacity, and this cannot be written by accident: memory grows
//! by goroutines that wait to send, or by a slice behind a mutex. **In Rust** the unbounded channel
//! is the one that asks for no number. In `std` it has the plain name (`channel()`, beside
//! `sync_channel(n)`); in tokio its `send` needs no `.await`, so that it also works in a callback.
//! What is handy in one place decides for the whole: a bound before it and a bound behind it do not
//! help.
//!
//! **The mend.** A bound, and an `.await`. Small is enough: it has to cover a burst, not a
//! difference in speed, which no buffer covers. Where the sender cannot wait (a callback, a
//! signal), use `try_send` and say what happens when it fails.
//!
//! **Who catches it.** clippy can be told to: `disallowed_methods` in `clippy.toml`. Otherwise a
//! test that looks how far the source is ahead; memory itself grows too slowly to see in a test.
//!
//! Covers: b:P8, a:P86, b:S6, b:S7, b:C-2, b:C-6

pub mod broken;
pub mod fixed;
