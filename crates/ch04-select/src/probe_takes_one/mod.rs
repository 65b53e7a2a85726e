//! To ask whether a channel is closed, somebody receives from it.
//!
//! **What goes wrong.** `try_recv` is an error when the channel is closed, so its `is_err()` looks
//! like a question. But when it is no error, it is a message: order 17 is received, compared with
//! nothing, and dropped. Half of the orders vanish. And an empty channel is an error as well, so a
//! short pause ends the packing.
//!
//! **In Go** there is no other way to ask, and a guide's `isClosed` receives to find out: of three
//! messages one was left after two questions, and a closed channel with messages in it counts as
//! open. Another guide's `tryReceive` returns `0, true` for a closed one. **In Rust** `try_recv`
//! tells all three apart (a message, `Empty`, `Disconnected`); `is_err()`, `.ok()` and `if let Ok`
//! throw that away.
//!
//! **The mend.** `is_closed() && is_empty()` asks and takes nothing. Mind that most such answers
//! are old when they arrive: before the next line runs, a message may come after `is_empty()`, and
//! the room behind `capacity() > 0` may be used. *Closed, and then empty* is the one that stays
//! true, once all senders are gone. (Where the receiver closed it, a permit may still send.) To ask
//! and to act in one step there are `try_recv` and `try_send`, which tells `Full` from `Closed` and
//! hands the message back; best here is not to ask at all: `while let Some(order) = recv().await`.
//!
//! **Who catches it.** Neither rustc nor clippy: the `Result` was used. A test that counts.
//!
//! Covers: a:P54, a:P56, a:S102, a:S103, a:S104, a:S106, a:E76, c:S52, c:E59

pub mod broken;
pub mod fixed;
