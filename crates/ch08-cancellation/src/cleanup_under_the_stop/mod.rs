//! TODO

pub mod broken;
pub mod fixed;

/// What a sensor says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// It works.
    Alive,
    /// It was stopped, and nobody needs to look for it.
    SignedOff,
}
