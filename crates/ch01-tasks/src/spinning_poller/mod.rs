//! A task polls a channel in a loop and never yields.
//!
//! **What goes wrong.** The checkout asks for a payment in a task of its own and looks again and
//! again whether the answer has come. Between two looks there is no `.await`. On a runtime with one
//! thread the payment task never gets to run, so the answer never comes.
//!
//! **In Go** a `select` with an empty `default` in a loop burns a core, and that is all: the scheduler
//! interrupts the loop after some 10 ms and the other goroutines go on. **In Rust** tasks are
//! cooperative. tokio gets the thread back at an `.await` that has to wait, and at no other place. A
//! `timeout` or `abort` around the loop cannot act either, because they too wait for an `.await`.
//!
//! Several threads only hide it. Where `main` runs the loop, the payment goes through. Where a spawned
//! task runs it, it hung with eight threads as with one (run with tokio 1.54): a worker keeps the
//! task that it spawned last for itself, no other takes it, and this worker never gets to it.
//!
//! **The mend.** `recv().await` is the wait. It costs nothing while it waits, and it tells a closed
//! channel from an empty one.
//!
//! **Who catches it.** Nobody at compile time; `clippy::empty_loop` knows only `loop {}`. An ordinary
//! test hangs, with a timeout inside it as well. The explorer cuts off a task that does not
//! yield, and names it.
//!
//! Covers: a:P53, a:S7, c:P21

pub mod broken;
pub mod fixed;
