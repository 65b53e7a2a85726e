//! A stand-in for `tokio-util` under the explorer: cancellation, and tasks that are counted.
//!
//! An item that is missing here does not compile in the judge. Outside `explore::tasks()` the
//! items panic.
#![expect(
    missing_docs,
    reason = "the items are those of `tokio-util`, and are documented there"
)]

pub mod sync;
pub mod task;
mod waiters;
