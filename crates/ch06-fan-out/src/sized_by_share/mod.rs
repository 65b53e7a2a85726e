//! Work in progress.

pub mod broken;
pub mod fixed;

use std::time::Duration;

/// What an image takes of a core.
pub const COMPUTING: Duration = Duration::from_secs(1);
/// What an image waits for the network.
pub const WAITING: Duration = Duration::from_secs(1);
