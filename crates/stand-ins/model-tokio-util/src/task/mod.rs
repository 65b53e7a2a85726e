//! `tokio_util::task`.

mod abort_on_drop;
pub mod task_tracker;

pub use self::abort_on_drop::{AbortOnDrop, AbortOnDropHandle};
pub use self::task_tracker::TaskTracker;
