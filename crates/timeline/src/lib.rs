//! What happened in one schedule of a concurrent program: lanes, steps and an outcome.
//!
//! A [`Timeline`] is data. The explorers write one for every verdict; the renderers
//! draw it for a terminal, a web page or another program. Nothing here runs a program or
//! knows a runtime.

mod clean;
mod fold;
pub mod json;
mod model;
mod replay;
mod report;
mod stale;
mod svg;
mod text;
mod words;

pub use model::{Effect, Lane, Object, Outcome, Place, Step, Stuck, Timeline};
pub use report::{Coverage, Report, SCHEMA, Verdict, World};
pub use text::Text;
