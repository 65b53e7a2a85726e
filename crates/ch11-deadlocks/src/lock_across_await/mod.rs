//! A lock of std, held while a task waits for another task that needs it.
//!
//! **What goes wrong.** `renew` locks the table and then awaits an answer. The task that answers
//! has to look into the table. It does not await: `std::sync::Mutex::lock` blocks the *thread*. On
//! a runtime with one thread nobody is left who could run `renew` on to its unlock. Timers, signals
//! and health checks stop, too.
//!
//! **In Go** a goroutine that blocks on a mutex costs nothing: the scheduler runs another on the
//! same thread. There this program deadlocks in two goroutines, and the others go on. Here one
//! blocked lock takes along all tasks of its thread.
//!
//! **In Rust** rustc refuses the guard across `.await` in anything you hand to `tokio::spawn` (see
//! `refused/guard_across_await.rs`). It does not refuse it in what `block_on`, `#[tokio::main]` or
//! a `LocalSet` runs, as here.
//!
//! **The rule.** Await first, then lock, change, unlock, without an `.await` in between. An async
//! mutex would free the thread and leave the deadlock: `renew` would still hold what the answer
//! needs.
//!
//! **Who catches it.** clippy's `await_holding_lock`, on by default (it is switched off for this
//! one file). The world of tasks names both lines. A timeout does not: it cannot run either.
//!
//! Covers: b:P47, c:P42, c:P11

#[expect(clippy::await_holding_lock, reason = "it is the lesson")]
pub mod broken;
pub mod fixed;
