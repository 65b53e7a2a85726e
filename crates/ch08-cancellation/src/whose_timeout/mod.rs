//! TODO

pub mod broken;
pub mod fixed;

/// Why there is no receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The bank did not answer in time.
    TooSlow,
    /// The customer did not want to wait.
    Cancelled,
}
