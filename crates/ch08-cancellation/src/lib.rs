//! # Cancellation
//!
//! In Go one value does four things. A `context.Context` says that it is over, knows until when,
//! carries values, and hangs below another context. It is the first parameter of everything, and
//! everything has to look at it. Rust has no such value, because a future can be *dropped*: what
//! is not polled any more does not go on. Each of the four has its own means, and most calls need
//! none of them as a parameter.
//!
//! | Go | Rust |
//! |---|---|
//! | `context.Background()` in `main` | `CancellationToken::new()` in `main`, or nothing |
//! | `context.TODO()` | `todo!()`; clippy's `disallowed-methods` for `new` |
//! | `ctx, cancel := WithCancel(ctx)` | `token.child_token()`; dropping the future |
//! | `defer cancel()` | `token.drop_guard()` |
//! | `WithTimeout(ctx, d)` | `timeout(d, future)` |
//! | `WithDeadline(ctx, t)` | `timeout_at(t, future)` |
//! | `WithValue(ctx, k, v)` | an argument; `task_local!`; a span of `tracing` |
//! | `WithoutCancel(ctx)` | `spawn`, with another token or none |
//! | `WithCancelCause`, `Cause` | a branch of `select!` for each cause |
//! | `AfterFunc(ctx, f)` | a task that awaits `token.cancelled()` |
//! | `<-ctx.Done()` | `token.cancelled().await`, `token.run_until_cancelled(f).await` |
//! | `ctx.Err() != nil` | `token.is_cancelled()` |
//! | `ctx.Deadline()` | the `Instant`, if it was handed on |
//! | `t.Context()` | a token with a guard, in the test |
//!
//! (A guide counts four ways to derive a context. Since Go 1.20 there are more, and they are in the
//! table because one needs them.)
//!
//! # Drop or tell
//!
//! **To drop** a future ends it at its `.await`, and everything that it awaits with it: through
//! three layers, without a parameter (`checks/three_layers.rs`). Timeouts do it, and `select!`,
//! `abort`, and a server whose client has gone. It asks nobody. What the future held is dropped,
//! and what it would have done next is not done: [`cleanup_after_the_await`].
//!
//! **To tell** somebody takes a token. It sets a flag and wakes who listens; that they have ended
//! is another matter: [`waits_for_the_wrong_thing`]. Tasks need it, since a task that is not told
//! runs on; so does work that has to finish what it began, and a loop that computes:
//! [`computes_on`].
//!
//! So a signature says what is meant. A function without a token may be dropped. A token that is
//! borrowed is heard until the return. A token that is owned belongs to something that lives on.
//!
//! # Whose life
//!
//! Most mistakes of this chapter are made with the right means in the wrong scope. In Go a job dies
//! of the request's *context*; in Rust it dies of the request's *future*, and a token of the
//! request is harmless to those who do not listen: [`job_of_the_request`].
//!
//! - *As wide as everybody, or cut off*: [`clone_for_child`], [`token_of_its_own`].
//! - *Longer than it should be kept*: [`kept_from_the_first`].
//! - *Gone at once, or gone in silence*: [`guard_that_is_gone`], [`nobody_cancels`].
//! - *Not for this task*: [`lost_in_the_spawn`].
//! - *Over when it is needed most*: [`cleanup_under_the_stop`].
//!
//! # What a stop means for the answer
//!
//! Whoever is stopped has no result, and says so, with the reason: [`expired_is_empty`],
//! [`whose_timeout`], and `cancelled_as_ok` of chapter 2. Time that several parts share is a point
//! and not a span: [`deadline_spent_twice`].
//!
//! | pair | world | how the broken version fails |
//! |---|---|---|
//! | [`cleanup_after_the_await`] | tasks | a seat stays held when the buyer is dropped |
//! | [`cleanup_under_the_stop`] | tasks | the last message is stopped by the stop |
//! | [`clone_for_child`] | tasks | to end a part ends the whole |
//! | [`token_of_its_own`] | tasks | a stop does not reach what plays |
//! | [`kept_from_the_first`] | tasks | the end of the first request ends all others |
//! | [`job_of_the_request`] | tasks | an accepted job goes away with the client |
//! | [`nobody_cancels`] | tasks | an early return leaves a task that waits |
//! | [`guard_that_is_gone`] | tasks | everyone is told before it has begun |
//! | [`expired_is_empty`] | tasks | a part passes for the whole |
//! | [`deadline_spent_twice`] | tasks | thirty seconds last forty |
//! | [`whose_timeout`] | tasks | the caller's cancel is taken for a slow bank |
//! | [`lost_in_the_spawn`] | tasks | a line of the log belongs to nobody |
//! | [`computes_on`] | tasks | a stop that nobody could say |
//! | [`waits_for_the_wrong_thing`] | tasks | stopped means told, and the jobs still run |
//!
//! # What is no mistake, or is one elsewhere
//!
//! - *A timeout around every handler.* A guide's middleware puts a deadline into the context, and a
//!   handler that does not look at it runs as long as it likes. Here the timeout owns the handler
//!   and drops it. What the handler spawned is not dropped: `detached_timeout` in chapter 1.
//! - *The result and the cancel at the same moment.* A guide's asynchronous call sends an empty
//!   result without an error in 514 of 1,000 such cases. A `oneshot` whose sender is dropped gives
//!   an `Err`, which nobody takes for an answer.
//! - *A closed queue that yields jobs.* 844,786 empty ones in 0.3 s, in a guide's worker. `recv` is
//!   `None` then, and `while let` ends: `closed_branch` and `refused/` in chapter 4.
//! - *A context as a store.* Values that live on are state: a field, or the state of the router,
//!   which is checked when it compiles. `Extensions` are found, or missing, at run time. Results
//!   that are kept until somebody asks need an end, too: a guide's store only grows.
//! - *A server started in a task, and asked at once.* 3 of 3 first requests were refused in Go,
//!   because nobody listened yet. Bind the listener first, then spawn what accepts from it; the
//!   system keeps the connections that come in between.
//! - *A number that overflows on the way.* `fib(93)` does not fit into 64 bits with a sign. Go
//!   returns a negative number; Rust panics in a debug build and wraps around in a release build.
//!   `checked_add` has an answer in both.
//! - *A future that nobody awaits.* `token.cancelled();` waits for nothing: rustc warns
//!   (`unused_must_use`), and for `let _ = token.cancelled();` clippy does
//!   (`let_underscore_future`). See `unpolled_future` in chapter 1.
//! - *A lock over an await, a permit without a name*: chapter 11.
//!
//! A test of cancellation has four questions: did it run until it was told, did it stop then, at
//! once, and does it say so? A guide's test passes a function that ignores its context and returns
//! at once, and fails a right one that wraps its error; `checks/testing.rs` tells five apart.
//!
//! What does not compile any more is in `refused/`: an answer that is read while it is written, a
//! missing argument, a global user, a negative size, a token that was given away, a token that was
//! lent to a task, a `drop` that awaits.

pub mod cleanup_after_the_await;
pub mod cleanup_under_the_stop;
pub mod clone_for_child;
pub mod computes_on;
pub mod deadline_spent_twice;
pub mod expired_is_empty;
pub mod guard_that_is_gone;
pub mod job_of_the_request;
pub mod kept_from_the_first;
pub mod lost_in_the_spawn;
pub mod nobody_cancels;
pub mod token_of_its_own;
pub mod waits_for_the_wrong_thing;
pub mod whose_timeout;
