//! Two jobs with one name, and the end of the first one forgets the second.
//!
//! **What goes wrong.** Exports can be stopped by number. A token for each stands in a map, from
//! its start to its end. Somebody starts number 7 again while it runs: `insert` replaces the first
//! token. When the first export is over it removes number 7, which is the second one by now. That
//! one runs on for an hour, and the desk says that there is no such export.
//!
//! **In Go** a guide's job server does this with a map of cancel functions and ids that clients
//! choose: `Cancel` was false while the job ran. The first job cannot be cancelled either, since
//! its function was overwritten. **In Rust** `insert` returns the old value, and nothing makes you
//! look at it: `Option` is not `#[must_use]` here.
//!
//! **The mend.** Who takes a name says what happens if it is taken. `entry` asks and takes in one
//! step, under one lock: a `contains_key` before the `insert` would be two steps if the lock were
//! released between them. And who removes a name makes sure that it is his own.
//!
//! **Who catches it.** Neither rustc nor clippy. A test that starts the same thing twice.
//!
//! Covers: b:P25, b:E26

pub mod broken;
pub mod fixed;
