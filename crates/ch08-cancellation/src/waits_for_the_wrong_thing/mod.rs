//! Stopping waits until everybody was told, and not until everybody has gone.
//!
//! **What goes wrong.** To stop the backups, a task for each of them cancels its token, and all
//! these tasks are joined. There is a set, and a join, and it looks thorough. What was joined are
//! the *messengers*. The backups have heard, and are in the middle of removing their half a copy
//! when the process ends.
//!
//! **In Go** it is a `WaitGroup` around the calls of `cancel()`. A guide's shutdown waits for
//! exactly that, which is over in microseconds, and reports that all operations have stopped;
//! another sleeps for 5 s instead, which is too long for most and too short for some. **In Rust**
//! `cancel` is as asynchronous as in Go: it sets a flag and wakes those who listen. That somebody
//! *has ended* is known to their `JoinHandle`, their `JoinSet`, or the `TaskTracker` that spawned
//! them.
//!
//! **The mend.** Tell all of them first, then join each of them. Told and joined one by one they
//! would end one after the other. Then a deadline around the join, and a decision about those who
//! are late (`abort`, and join again).
//!
//! **Who catches it.** Nobody at compile time; the handle `_job` that nobody awaits is a hint. A
//! test whose jobs need a moment to end. In the world also the tasks that are left behind.
//!
//! Covers: b:E56, b:E68, c:S8

pub mod broken;
pub mod fixed;
