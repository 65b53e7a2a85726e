//! A shutdown that gives up waiting, and leaves behind what it waited for.
//!
//! **What goes wrong.** Exports have a minute to end. `close` waits for all of them, and after a
//! minute it says that they have not ended, which is true. They go on. The caller takes "closed"
//! for closed, removes the directory, and an hour later somebody writes a file into it.
//!
//! **In Go** it is the shutdown with `time.After` beside a goroutine that calls `wg.Wait()`. After
//! the timeout there are two leaks: the stage that is stuck, and the goroutine that waits for it.
//! A goroutine cannot be ended from outside, so all that Go can do is to tell it, through its
//! context, and hope that it looks. **In Rust** dropping the wait leaks nothing, and a task can be
//! ended at its next `.await`. One has to say so: a `TaskTracker` counts tasks, it does not own
//! them.
//!
//! **The mend.** A `JoinSet` owns its tasks. `shutdown` aborts what is left and waits until it is
//! really gone; a task that is aborted still runs until its next `.await`, so `abort_all` without
//! the wait would be too early. One that computes without an `.await`, or blocks, cannot be ended,
//! as in Go, and `shutdown` waits for it beyond the deadline. Tasks that need to clean up get a
//! token first (chapter 8), and the abort is for those that do not listen. (A `JoinSet` keeps the
//! result of each task until it is joined. A service that starts exports for months takes them out,
//! with `try_join_next`, when it starts another one.)
//!
//! **Who catches it.** Neither rustc nor clippy. A test that looks again after the deadline; the
//! world of tasks names a task that is left.
//!
//! Covers: b:S19, b:P15, b:E18

pub mod broken;
pub mod fixed;
