//! Main is over before the work that it started.
//!
//! **What goes wrong.** One thread counts each warehouse and adds its line to the report. Nobody
//! waits for the counting threads, so the report is returned with the lines that happen to be there:
//! often none.
//!
//! **In Go** this is `go count(w)` without a `WaitGroup`: when `main` returns, the process ends and
//! takes the goroutines along. **In Rust** a thread dies with the process in the same way, and a
//! task dies at its next `.await` when the runtime is dropped. (A `spawn_blocking` closure that has
//! begun is the exception: dropping the runtime waits for it.)
//!
//! **The mend.** `spawn` returns a `JoinHandle`; keep it and join it. Where the work borrows,
//! `thread::scope` joins for you.
//!
//! **Who catches it.** Not rustc: `JoinHandle` is not `#[must_use]`, and `thread::spawn(…);` or
//! `tokio::spawn(…);` as a statement gets no warning. clippy has a word for `let _ = tokio::spawn(…)`
//! only. The explorer needs a single schedule.
//!
//! Covers: a:P3, c:P16, c:S3

pub mod broken;
pub mod fixed;
