//! A task-local value stays with its task, and a spawned task is another one.
//!
//! **What goes wrong.** Each line of a log names the order it is about. The number travels in a
//! task-local, so that nobody has to pass it. The invoice is mailed by a task of its own, to save
//! time, and `spawn` does not take the value along. Its line belongs to no order.
//!
//! **In Go** the value is in the context, and the context is an argument: a goroutine has what it
//! was given, and what is missing is missing at every call. **In Rust** there are two ways.
//! `task_local!` lives as long as `scope`, for everything that is *awaited* inside. Measured: it
//! was there in the task itself, and gone in `spawn` and in `spawn_blocking`. `thread_local!` is
//! worse: set before four yields and read after them, it was another request's in 1,398 of 1,600
//! tasks on two workers.
//!
//! **The mend.** Take it along: `spawn(ORDER.scope(order, …))`. Where a call cannot work without
//! the value, make it an argument, and rustc looks for it at every call (see `refused/`). What is
//! left for task-locals is what nobody needs but everybody reports: a trace id. For that `tracing`
//! has spans, and there the same step is `.instrument(span)`.
//!
//! **Who catches it.** Nobody at compile time. `get` panics where there is no value; `try_get`, and
//! a default behind it, does not. A test that reads every line.
//!
//! Covers: b:P35, b:S41d, b:S53, c:S82

pub mod broken;
pub mod fixed;
