//! A loop without an `.await` cannot be cancelled, because nobody gets a turn to do it.
//!
//! **What goes wrong.** A plan is improved until there were enough attempts, or until the driver
//! wants to go. `run_until_cancelled` polls the planning, and the planning does not come back: it
//! has nothing to wait for. The driver, who waits on the same thread, says stop after the last
//! attempt.
//!
//! **In Go** the loop asks `ctx.Err()` now and then, and if it does not, the others still run, as
//! goroutines are preempted. **In Rust** a timeout, a `select!`, `abort` and a token around a
//! future act at its `.await`s and nowhere else. Measured, with half a second of computing: a
//! `timeout` of 50 ms came back after 500 ms, with `Ok`; a task that was aborted after 50 ms ran to
//! its end, and its handle said `Ok`.
//!
//! **The mend.** An `.await` every so many steps: `yield_now`, after which the token is asked
//! again. For long computing better leave the runtime: `spawn_blocking` or a thread, with a clone
//! of the token and `is_cancelled()` every so many steps. (Nothing else stops a blocking task:
//! `abort` does not.) How many is a bargain: a look costs 5 ns, a late stop the length of the
//! steps.
//!
//! **Who catches it.** clippy's `unused_async` (pedantic), if the loop is an `async fn`; in an
//! `async` block, as here, nobody. A test that presses stop from the same thread.
//!
//! Covers: b:P38, b:S42c, b:S60, c:P43

pub mod broken;
pub mod fixed;
