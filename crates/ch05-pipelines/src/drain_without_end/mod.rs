//! A stage that is to finish what is left waits for more.
//!
//! **What goes wrong.** When the museum closes, those who are through the turnstile still count, so
//! the counter drains its channel. It drains until `None`. The turnstile is still there, and with
//! it a sender; `None` comes when that goes. The shutdown waits for the counter, and the counter
//! for the next day's first visitor.
//!
//! **In Go** a guide's stage reads on after `ctx.Done()` until its input is closed, which on a
//! source that does not close is never, and its output stays open. (It has another flaw: what it
//! computed in front of the `select` is thrown away with the rest, 5 of 100 arrived. That one is
//! `work_in_the_branch` in chapter 4.) The drain that Go people write, a `select` with a `default`,
//! ends at the first pause instead, while a sender is about to send. **In Rust** the receiver can
//! do what no receiver in Go may: close the channel.
//!
//! **The rule.** `close()`, then drain. From then on every `send` fails at once and says so to its
//! caller, those included that wait for room; what was sent before comes out, followed by `None`.
//! That is a bound on the drain: it is at most as long as the channel is large. (A permit from
//! `reserve` is a promise of room. It can still be used, and `None` waits for it.) A drain that
//! does real work needs a time limit besides:
//! [`abandoned_at_the_deadline`](super::abandoned_at_the_deadline).
//!
//! **Who catches it.** Neither rustc nor clippy. The world of tasks, in its first schedule.
//!
//! Covers: b:S18, b:E17

pub mod broken;
pub mod fixed;
