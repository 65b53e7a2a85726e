//! Asking whether there is room, and sending afterwards.
//!
//! **What goes wrong.** A repair shop takes a bicycle if there is room on the shelf. It looks, and
//! then it sends. Between the two another customer takes the last place, and what "cannot fail"
//! fails.
//!
//! **In Go** it is `if len(ch) < cap(ch)`, or a flag `closed` that is read before a send. A guide
//! advises to see first that the channel is open, for which Go has no means; its own task queue
//! looks at a context instead, and with a little time between the look and the send it panicked on
//! a closed channel. **In Rust** `is_full`, `len`, `capacity`, `is_closed` are as old as the moment
//! in which they were read. With `send` in place of `try_send` it would wait instead of panic, in a
//! function that is meant never to wait. In a task on one thread nobody comes between two lines
//! without an `.await`; on several threads somebody does.
//!
//! **The mend.** Let the send say it. `try_send` looks and sends in one step, and gives the bicycle
//! back if it was `Full` or the receiver is gone. A guide's `SafeChannel` needs a mutex and a flag
//! for that, and its `safeSend` cannot tell full from closed. tokio's `reserve` waits for room and
//! keeps it for the send that follows.
//!
//! **Who catches it.** Neither rustc nor clippy, and hardly a test. The explorer, with one preemption.
//! `len` and `capacity` are for gauges and logs.
//!
//! Covers: a:P33, a:P37, a:P54, a:S63, a:E22, a:E33, c:S51, c:E44

pub mod broken;
pub mod fixed;
