//! A task that has no way to stop.
//!
//! **What goes wrong.** A session store starts a sweeper that removes expired sessions once a
//! minute. `close` empties the store and returns, but the sweeper runs on, with its share of the
//! `Arc`: memory and a timer for each store ever opened.
//!
//! **In Go** this is the goroutine with `for { … }` and no `ctx.Done()`. It stays until the process
//! ends, and nothing reports it. **In Rust** dropping a `JoinHandle` does not stop the task; it
//! detaches it. A task ends when its future is done, when somebody calls `abort`, or when the
//! runtime goes.
//!
//! Some leaks of Go do end by themselves here: a task that sends gets an error once the receiver is
//! dropped, and a task that receives gets `None` once the last sender is. A loop that only waits for
//! the clock has no such end.
//!
//! **The mend.** Give the loop a way out (a `CancellationToken` beside the tick), keep the handle,
//! and have `close` ask first and then wait.
//!
//! **Who catches it.** Nobody at compile time (clippy's `infinite_loop`, opt-in, is silent about a
//! loop in an `async` block). A test that compares `RuntimeMetrics::num_alive_tasks` before and after
//! does; so does the explorer, which names the line that spawned it.
//!
//! Covers: a:P6, c:P23

pub mod broken;
pub mod fixed;
