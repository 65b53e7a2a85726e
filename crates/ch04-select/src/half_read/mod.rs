//! TODO.

pub mod broken;
pub mod fixed;

/// A mail, put together from two lines.
#[derive(Debug, PartialEq, Eq)]
pub struct Mail {
    /// The first line.
    pub subject: &'static str,
    /// The second line.
    pub body: &'static str,
}
