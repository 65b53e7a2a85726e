//! A stand-in for `tokio` under the explorer.
//!
//! The judge compiles a program a second time with `tokio` renamed to this crate. The channels,
//! semaphores and notifications are tokio's own, which need no runtime; each is wrapped so that
//! the explorer knows what tasks share and what they wait for. Tasks, timers and `select!` are
//! ours: every choice that tokio's runtime has is a decision of the explorer.
//!
//! Nothing is passed on wholesale. An item that is missing here (`net`, `fs`, `io`, `process`,
//! `signal`) does not compile in the judge, instead of hiding schedules from it.
//!
//! Outside `explore::tasks()` the modelled items panic.
#![expect(
    missing_docs,
    reason = "the items are those of `tokio`, and are documented there"
)]

mod error;
mod leaf;
#[doc(hidden)]
pub mod macros;
pub mod runtime;
mod show;
pub mod sync;
pub mod task;
pub mod time;

pub use self::task::spawn;
