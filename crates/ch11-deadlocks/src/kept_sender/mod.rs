//! A receiver that waits for a sender which sits in its own function.
//!
//! **What goes wrong.** The channel ends when its last `Sender` is dropped. Each thread drops its
//! clone, but the original `results` lives to the end of `stock`, and `stock` waits for the channel
//! to end. All results have arrived; the sum waits for one more for ever.
//!
//! **In Go** a channel ends when somebody calls `close`, and the mistake is to forget it: `range`
//! never ends. Habit says "close it after the workers are done", and there is no `close` here to
//! remind you.
//!
//! **In Rust** closing is dropping. That removes "send on closed channel" and "close of closed
//! channel" and leaves one question: who still owns a `Sender`? The usual answers: the function
//! that made the clones, a struct that keeps one "for later", a `&Sender` where the sender itself
//! should have moved in. tokio's and crossbeam's channels end, and hang, in the same way.
//!
//! **The rule.** Drop the original when the last clone is handed out, or move it into the last
//! worker. A function that produces should take its `Sender` by value.
//!
//! **Who catches it.** Neither rustc nor clippy. The explorer names the sender that is left. In a
//! test on tokio, `timeout` under a paused clock.
//!
//! Covers: a:P16, a:P46, b:P2, b:P73, c:P12, c:P8

pub mod broken;
pub mod fixed;
