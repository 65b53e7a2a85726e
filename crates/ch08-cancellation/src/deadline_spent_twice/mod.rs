//! TODO

pub mod broken;
pub mod fixed;
