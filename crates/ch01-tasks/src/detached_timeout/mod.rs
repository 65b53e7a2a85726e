//! A timeout gives up the wait, and the work goes on.
//!
//! **What goes wrong.** Preparing a statement takes longer than the customer is asked to wait. After
//! five seconds the page says that there is no statement; a few seconds later there is one. The
//! timeout was put around a `JoinHandle`, so what it dropped was the handle, and dropping a handle
//! lets its task run on.
//!
//! **In Go** this is the only way it can go: `context.WithTimeout` lets the caller return, and the
//! goroutine runs to its end unless it looks at `ctx.Done()`.
//! **In Rust** it depends on what stands inside: a timeout over a future drops the future, which
//! ends it at the `.await` where it stands; a timeout over a handle drops the handle. Over
//! `spawn_blocking` it can never stop the closure.
//!
//! **The mend.** Put the future itself under the timeout. If it has to be a task (because it must
//! run in parallel), abort it when the time is up: `abort` on the handle, or an `AbortOnDropHandle`.
//! Then mind what the work leaves half-done at each `.await`.
//!
//! **Who catches it.** Nobody at compile time. A test that looks again later, which virtual time
//! makes free.
//!
//! Covers: a:P62, c:C37

pub mod broken;
pub mod fixed;
