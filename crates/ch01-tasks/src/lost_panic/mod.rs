//! A worker panics, and nobody hears of it.
//!
//! **What goes wrong.** A clerk thread books the day's payments. One amount does not parse, the
//! clerk panics half-way, and the day is closed as if all were well. The program waits for the
//! clerk, but with a done channel, and a channel that closes says *over*, not *how*.
//!
//! **In Go** a panic that no `recover` stops ends the whole process, from whichever goroutine it
//! came. **In Rust** it writes a line to stderr, unwinds one thread, drops what the thread owned
//! (here the sending half, which closes the channel), and stops there. With `panic = "abort"` in
//! the profile, Rust does as Go does.
//!
//! The usual cure in Go is a wrapper that recovers and logs. In Rust the wrapper is already there.
//! It is the handle.
//!
//! **The mend.** Join. A `JoinHandle` is a done channel that also says how it ended: `Err` holds
//! what the panic said. For a task, `handle.await` is the same, with `JoinError::is_panic`.
//!
//! **Who catches it.** Neither rustc nor clippy: a `JoinHandle` may be dropped. The explorer
//! reports a panic that nobody can ask for any more, because the handle is gone.
//!
//! Covers: a:P5, a:P7b, a:S4, a:S5, a:S6, a:E4, a:E5, c:P45

pub mod broken;
pub mod fixed;
