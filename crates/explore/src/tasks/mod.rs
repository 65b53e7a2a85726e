//! The world of tasks.

/// The runtime of the tasks.
pub(crate) struct Runtime;
