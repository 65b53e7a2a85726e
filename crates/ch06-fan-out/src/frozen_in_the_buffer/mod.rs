//! Work in progress.

pub mod broken;
pub mod fixed;
