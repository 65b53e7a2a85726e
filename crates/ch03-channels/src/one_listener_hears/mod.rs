//! A broadcast that reaches one listener.
//!
//! **What goes wrong.** Each floor of a store has a loudspeaker, and each loudspeaker is a clone of
//! one receiver. An announcement is one message in one channel, and the first floor to receive
//! takes it away. On the other floors it is quiet.
//!
//! **In Go** a guide's chapter on broadcasting does exactly this, and lists four benefits. Of its
//! four broadcasts to three listeners four were received, in all, and not twelve. What does reach
//! everybody in Go is `close`, once. **In Rust** the mistake needs a receiver that can be cloned,
//! as crossbeam's can: the clone is another hand at the same queue, and not a copy of it. std's and
//! tokio's `mpsc` receivers have no `clone`.
//!
//! **The mend.** A channel for each listener, and a send into each. In tasks `broadcast` does that,
//! and `watch` where only the newest matters; each bounds what a slow listener can cost, by what
//! that listener misses (see [`lagged_is_not_closed`](super::lagged_is_not_closed)). A slow
//! listener of an unbounded channel costs memory instead. The exercise `topics` asks for all of it.
//!
//! **Who catches it.** Nobody at compile time. The first test with two listeners.
//!
//! Covers: c:S56, c:E2, c:C17

pub mod broken;
pub mod fixed;
