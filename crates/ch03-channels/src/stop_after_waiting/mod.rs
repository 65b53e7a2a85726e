//! Waiting for the senders to end, and telling them to end afterwards.
//!
//! **What goes wrong.** Gauges send their readings until they are told to stop. When the sample is
//! complete, the shutdown first waits for all gauges, so that none is cut off, and then gives the
//! sign. They wait for the sign, it waits for them.
//!
//! **In Go** a guide's closing goroutine does it in this order: `wg.Wait()`, then `close(done)`. It
//! never gets past the first; six goroutines were left, `main` among them. **In Rust** it is the
//! same two lines in the same order. Senders that sleep between readings, and drop what finds no
//! room, are not even stuck: they work on, for nobody, for ever.
//!
//! **The mend.** Say it, then wait. Here Rust offers a third way, without the token: drop `inbox`.
//! That wakes every sender with an error, and `expect` then has to become a `break`.
//!
//! **Who catches it.** Neither rustc nor clippy. A world, or any test that shuts down; give it a
//! timeout on a paused clock, and let it be short: senders that sleep keep that clock running.
//!
//! Covers: a:P47, a:S76, a:E54

pub mod broken;
pub mod fixed;
