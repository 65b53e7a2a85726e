//! `tokio::task`.

mod abort;
mod blocking;
mod error;
mod id;
mod job;
mod join;
pub mod join_set;
mod local;
mod local_key;
mod yield_now;

pub use self::abort::AbortHandle;
pub use self::blocking::spawn_blocking;
pub use self::error::JoinError;
pub use self::id::{Id, id, try_id};
pub use self::join::{JoinHandle, spawn};
pub use self::join_set::JoinSet;
pub use self::local::{LocalSet, spawn_local};
pub use self::local_key::LocalKey;
#[doc(hidden)]
pub use self::local_key::{Values, no_values};
pub use self::yield_now::yield_now;

pub(crate) use self::job::{Job, Shared};

pub mod futures {
    pub use super::local_key::TaskLocalFuture;
}
