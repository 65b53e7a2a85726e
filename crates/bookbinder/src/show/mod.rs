//! What the directives of a page become.

mod caught;
mod code;
mod diff;
mod exercise;
mod explanation;
mod picture;
mod play;
mod refused;
mod words;

pub use caught::caught;
pub use code::{include, program};
pub use diff::diff;
pub use exercise::exercise;
pub use explanation::{has_rule, rule, why};
pub use picture::picture;
pub use play::play;
pub use refused::refused;
