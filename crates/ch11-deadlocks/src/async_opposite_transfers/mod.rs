//! The same ring among tasks: an async mutex takes the thread out of the deadlock, not the
//! deadlock.
//!
//! **What goes wrong.** Two tasks lock two mutexes of tokio in opposite order. Each awaits the lock
//! that the other holds. No thread is blocked: the runtime's workers are idle, health
//! checks still answer, and the two tasks never finish.
//!
//! **In Go** there is one kind of mutex, and this program is the previous one. A Go programmer may
//! hope that the async mutex is a different, safer lock. It differs in one thing only: who waits is
//! a task and not a thread.
//!
//! **In Rust** a task may be put aside at the second `.await`, and then the other one runs. On a
//! runtime with several workers they need not even that: they run in parallel.
//!
//! **The rule.** It is the same, too: one order for the locks. Where one lock can hold both values,
//! that is simpler still.
//!
//! **Who catches it.** Neither rustc nor clippy. The world of tasks does, and its verdict is exact:
//! nobody can run, no timer is left.
//!
//! Covers: c:P3

pub mod broken;
pub mod fixed;
