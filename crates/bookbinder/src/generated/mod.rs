//! Parts of the book that are made from all of it.
//!
//! Schedules come from the minutes in the chapters, the index of pitfalls from the pairs and what
//! their checks found, the coverage and the errata of the guides from `book/rows` and
//! `book/coverage.toml`.

mod coverage;
mod guides_wrong;
mod pitfalls;
mod place;
mod rows;
mod schedule;
mod symptom;
mod words;

pub use coverage::coverage;
pub use guides_wrong::guides_wrong;
pub use pitfalls::pitfalls;
pub use rows::Rows;
pub use schedule::schedule;
