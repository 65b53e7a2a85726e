//! The first error comes home at once, and the rest goes on behind its back.
//!
//! **What goes wrong.** Each booking is spawned, and `try_join_all` waits for all of them. Train 2
//! is sold out, `try_join_all` returns the error and drops the other futures. But these only wait
//! for handles, and a dropped `JoinHandle` ends nothing. The family hears that there is no seat,
//! and a second later one of them has one.
//!
//! **In Go** `errgroup` cancels a context and waits for all goroutines; who forgets the context
//! hears the error after everything was done. In a guide's pool over a list one job fails, and 100
//! of 100 are run. **In Rust** it is the other way round: the error is early, and what was spawned
//! is detached. The pair `in_order` of chapter 2 hears the error late; this one does, and tells
//! nobody.
//!
//! **The mend.** Do not spawn what you want to be able to drop. `try_join_all` over the futures
//! themselves polls them in this task, and drops them at the first error: nothing is left that
//! could book. Where they have to run in parallel, a `JoinSet`: at the first error
//! `shutdown().await`, which aborts the rest *and waits* until they are gone. With a list of any
//! length `try_for_each_concurrent(10, …)` does the same with a bound.
//!
//! With more than thirty futures `try_join_all` (futures 0.3.34) keeps them in a queue, and hears
//! an error only when those before it are ready: 10 s instead of 1 in `checks/facts.rs`.
//!
//! **Who catches it.** Nobody at compile time. A test that looks again after the error.
//!
//! Covers: a:S122, c:S24, c:E38

pub mod broken;
pub mod fixed;

/// No seat is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoldOut;
