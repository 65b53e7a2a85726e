//! One message says that it is over, and two wait for it.
//!
//! **What goes wrong.** The reader says once that all scans are read. The binder waits for that
//! before it begins, and so does the function that started both. `notify_one` wakes one of them.
//! The other one waits for a second message: here the binder, and `bind` waits for the binder.
//!
//! **In Go** it is a guide's pipeline for files: `filesProcessed <- true` is sent once, and
//! received by the collector and by `main`. It deadlocks every time, whoever is first. Its cure is
//! `close(filesProcessed)`, which every receiver sees, now and later. **In Rust** a message in a
//! channel has one receiver as well, and `Notify` is a single permit. `notify_waiters` is no cure:
//! it wakes all who wait at that moment, and whoever comes later has missed it.
//!
//! **The mend.** Something that *stays* true, and that anybody may look at: `SetOnce`, as here, is
//! a closed channel under another name; a `watch` channel does for values that change; a
//! `CancellationToken` for "stop". Where only one waits, the handle is the signal.
//!
//! **Who catches it.** Neither rustc nor clippy. The explorer names both who wait.
//!
//! Covers: a:S32, c:S9, c:E1

pub mod broken;
pub mod fixed;
