//! Work in progress.

pub mod broken;
pub mod fixed;

/// No seat is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoldOut;
