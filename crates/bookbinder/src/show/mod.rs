//! What the directives of a page become.

mod caught;
mod code;
mod diff;
mod exercise;
mod explanation;
mod picture;
mod play;
mod refused;

/// What a figure is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its id on the page.
    pub id: String,
    /// Its name for those who do not see it; no other figure of the page has it.
    pub spoken: String,
}

pub use caught::caught;
pub use code::{include, program};
pub use diff::diff;
pub use exercise::exercise;
pub use explanation::{has_rule, rule, why};
pub use picture::picture;
pub use play::play;
pub use refused::refused;
