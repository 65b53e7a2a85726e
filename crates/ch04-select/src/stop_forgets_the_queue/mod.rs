//! The worker hears "stop" and leaves, with accepted work still in its queue.
//!
//! **What goes wrong.** The mailroom accepts letters and a clerk posts them. `close` cancels the
//! clerk and waits until the clerk is gone. The clerk's `select!` sees the token, breaks, and drops
//! the receiver, together with every letter that lay in it. `accept` had said `true` for each.
//!
//! **In Go** it is the `quit` channel beside the work channel: of 20 accepted tasks a guide's
//! worker ran none, and what stays in the channel is garbage. A second `Stop` panics there ("close
//! of closed channel"), and nobody waits for the worker. **In Rust** a worker that was stopped with
//! 100 jobs in its queue ran one on average, because the dice are fair at each turn. Stopping twice
//! is harmless or, with `close(self)`, does not compile.
//!
//! **The mend.** *Stop accepting* and *stop* are two steps. After the signal, `close` the receiver
//! (from then on `send` fails, and says so to its caller) and receive until `None`. Often there is
//! a way without a token: drop the `Sender`, and the clerk's `while let Some(letter) =
//! tray.recv().await` ends by itself, when everything is posted.
//!
//! **Who catches it.** Nobody at compile time. A test that counts what was accepted and what was
//! done.
//!
//! Covers: a:P63, a:S107, a:E77

pub mod broken;
pub mod fixed;
