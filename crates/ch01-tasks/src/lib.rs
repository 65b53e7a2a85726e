//! # Goroutines become threads and tasks
//!
//! Go has one word for work that goes on by itself: `go f()`. Rust has two. A **thread**
//! (`std::thread::spawn`) belongs to the operating system, which may interrupt it anywhere. A
//! **task** (`tokio::spawn`) belongs to a runtime, which gets it back only at an `.await`.
//!
//! Four habits have to change on the way:
//!
//! - **The handle is the `WaitGroup`.** Every spawn returns a `JoinHandle`. Joining it waits, brings
//!   the result home and says whether the work panicked. Dropping it does none of the three, and
//!   the compiler does not object: see [`early_exit`], [`sleep_as_join`] and [`lost_panic`].
//! - **A panic ends the thread or task, not the process.** That is the reverse of Go. What was loud
//!   becomes silent unless somebody asks: see [`lost_panic`].
//! - **Nobody takes the processor away from a task.** Go interrupts a loop that runs too long. tokio
//!   waits for the next `.await`, and whatever runs until then, runs alone: see [`spinning_poller`]
//!   and [`blocking_the_runtime`].
//! - **A future is a plan.** Calling an `async fn` runs none of it; awaiting or spawning does, and
//!   dropping the future ends it. That makes cancelling easy, also by accident: see
//!   [`unpolled_future`], [`dropped_join_set`], [`detached_timeout`] and [`leaked_task`].
//!
//! What carries over is the advice: know how each piece of work ends before you start it, and
//! start no more of it than you can hold ([`late_permit`]).
//!
//! What goes away: data races and captured loop variables do not compile. The files in `refused/`
//! show what rustc says to them.
//!
//! | pair | world | how the broken version fails |
//! |---|---|---|
//! | [`early_exit`] | threads | the report is returned before its lines are there |
//! | [`sleep_as_join`] | threads | the sleep is over before the work is |
//! | [`lost_panic`] | threads | a panic that nobody hears of |
//! | [`leaked_task`] | tasks | a task is left behind |
//! | [`spinning_poller`] | tasks | a task never yields |
//! | [`blocking_the_runtime`] | tasks | the runtime's only thread sleeps |
//! | [`unpolled_future`] | tasks | a message is never sent |
//! | [`dropped_join_set`] | tasks | copies are cut off half-way |
//! | [`detached_timeout`] | tasks | work goes on after it was given up |
//! | [`late_permit`] | tasks | more is in memory at once than there is room for |
//!
//! In Go and in Rust, side by side:
//!
//! | Go | threads | tasks |
//! |---|---|---|
//! | `go f()` | `thread::spawn(f)` | `tokio::spawn(f())` |
//! | `wg.Add`, `wg.Done`, `wg.Wait` | `thread::scope`, `handle.join()` | `JoinSet`, `handle.await` |
//! | `ctx.Done()` | a closed channel, an `AtomicBool` | `CancellationToken`, dropping the future |
//! | `defer recover()` | `handle.join()` is `Err` | `handle.await` is `Err`, `is_panic()` |
//! | `runtime.Gosched()` | `thread::yield_now()` | `task::yield_now().await` |

pub mod blocking_the_runtime;
pub mod detached_timeout;
pub mod dropped_join_set;
pub mod early_exit;
pub mod late_permit;
pub mod leaked_task;
pub mod lost_panic;
pub mod sleep_as_join;
pub mod spinning_poller;
pub mod unpolled_future;
