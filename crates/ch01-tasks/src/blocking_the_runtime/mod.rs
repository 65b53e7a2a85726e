//! A blocking call in async code stops everybody.
//!
//! **What goes wrong.** A download that meets a busy mirror waits half a second and asks again. It
//! waits with `std::thread::sleep`, which puts the *thread* to sleep, and with it the runtime: no
//! other task on that thread moves, no timer fires, no connection is read.
//!
//! **In Go** `time.Sleep` parks one goroutine, and a goroutine in a blocking system call is moved off
//! its scheduler slot. Go has no second kind of sleep to confuse it with. **In Rust** each blocking
//! call has an async counterpart, and the two differ by one word: `std::thread::sleep` and
//! `tokio::time::sleep(…).await`, a channel's `recv()` and its `recv().await`, a `std` lock that is held
//! for long and `tokio::sync::Mutex`. Measured on one thread, a heartbeat of 5 ms got no beat at all in
//! 200 ms of `thread::sleep`.
//!
//! **The mend.** Use the async counterpart. Where there is none (a long computation, a blocking
//! library), `tokio::task::spawn_blocking` moves the call to a thread that may block.
//!
//! **Who catches it.** Neither rustc nor clippy by default; a ban on `std::thread::sleep` with
//! `disallowed_methods` does. The explorer knows that it stands on a runtime thread.
//!
//! Covers: a:P68, c:P43

pub mod broken;
pub mod fixed;

/// The mirror has too much to do; ask again later.
#[derive(Debug)]
pub struct Busy;
