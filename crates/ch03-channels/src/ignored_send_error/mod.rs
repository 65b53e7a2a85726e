//! A loop of sends that goes on after nobody listens.
//!
//! **What goes wrong.** A task measures and sends, for as long as the program runs. Whoever watches
//! leaves; from then on each send fails. The failure is thrown away, because a screen that is off
//! is no reason to stop measuring. But what kept the loop slow was the wait for room, and a send
//! that fails does not wait.
//!
//! **In Go** a generator whose consumer leaves blocks for ever in its send: 50 of 50 leaked. (A
//! send on a channel that was *closed* panics.) **In Rust** the leak mends itself: the error says
//! that nobody will ever listen again, and a loop that asks for it ends. A loop that does not ask
//! is worse than the leak. The `.await` of a send into nothing is ready at once and takes nothing
//! from the task's budget (the 128 operations after which tokio makes a task yield), so the task
//! never gives its thread back. On a runtime with one thread
//! 1.3 million sends were counted, no turn for anybody else, and no timeout fired, also not the one
//! around it. On several threads it eats one of them and blocks the shutdown.
//!
//! **The mend.** End the loop at the error: `is_err()`, or `?`. If it has to measure on without a
//! screen, let it wait for the clock.
//!
//! **Who catches it.** rustc warns of a `send` whose result is not looked at (`unused_must_use`),
//! and `let _ =` is how one says that one has looked. clippy asks again (`let_underscore_must_use`),
//! but is silent by default. The explorer cuts off a task that does not yield.
//!
//! Covers: a:P17, a:P46b, a:S23, a:S70, a:S75, a:E53, c:P7, c:P13, c:P35

pub mod broken;
pub mod fixed;
