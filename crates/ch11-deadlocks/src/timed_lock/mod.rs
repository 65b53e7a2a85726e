//! A timeout that gives up waiting, and one that also lets go.
//!
//! **What goes wrong.** The transfer runs as a task of its own and the caller waits for it with a
//! timeout. When the time is up, the *caller* stops waiting. The task does not: it still holds its
//! first lock and still queues for the second. Two opposite transfers are deadlocked after the
//! timeout as they were before, and the next one who asks for a balance hangs as well. Had the
//! locks come free, money would have moved after the customer was told that it had not.
//!
//! **In Go** this is a guide's "timeout-based locking": a goroutine that locks, and a `select` on
//! `done` and `ctx.Done()`. A goroutine cannot be stopped from outside, and `sync.Mutex` knows no
//! deadline, so Go has no short way to do better.
//!
//! **In Rust** giving up *is* letting go, if the timeout holds the future itself: `timeout` drops
//! it, its guards are dropped with it, and its place in the lock's queue is given back.
//! `tokio::spawn` takes that away, because dropping a `JoinHandle` detaches the task. The whole
//! mend is to leave it out.
//!
//! **The rule.** Put the timeout around the future, not around the handle. A transfer that was
//! given up may be tried again. Since nothing is awaited between the two changes, no drop can come
//! between them. A timeout bounds the harm; only an order of the locks prevents it.
//!
//! **Who catches it.** Neither rustc nor clippy. The world of tasks does: its clock jumps to the
//! timeout, and then shows who still holds what.
//!
//! Covers: c:S85, c:E23

pub mod broken;
pub mod fixed;
