//! A `JoinSet` is dropped, and takes its tasks along.
//!
//! **What goes wrong.** A page is copied to several mirrors at once. The caller wants the fastest
//! one's address, so the function returns when the first copy is there and lets the others catch
//! up. They do not: the `JoinSet` goes out of scope, and what it still holds is aborted.
//!
//! **In Go** a `WaitGroup` only counts. Return early, and the goroutines go on without you. **In Rust**
//! a `JoinSet` owns its tasks: dropping it aborts them at their next `.await`. (Of ten tasks in a
//! dropped set, none finished.) A dropped `JoinHandle` does the opposite: it lets its task go.
//! Neither says a word.
//!
//! **The mend.** Drain the set before it goes. If the caller must not wait that long, return the set
//! along with the answer, so that somebody still owns the rest; `detach_all` keeps the tasks
//! and gives up hearing of them.
//!
//! **Who catches it.** Nobody at compile time. A test that looks at all mirrors, and not at the answer
//! only.
//!
//! Covers: c:P18

pub mod broken;
pub mod fixed;
