//! `std::thread`.
//!
//! `thread_local!` is not here: the explorer does not follow it.

mod builder;
mod current;
mod handle;
mod rest;
mod scoped;

pub use real::thread::Result;

pub use explore::runtime::panicking;

pub use self::builder::Builder;
pub use self::current::{Thread, ThreadId, current, park, park_timeout};
pub use self::handle::{JoinHandle, spawn};
pub use self::rest::{available_parallelism, sleep, yield_now};
pub use self::scoped::{Scope, ScopedJoinHandle, scope};
