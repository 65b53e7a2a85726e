//! What happened in one schedule of a concurrent program, and how to draw it.
//!
//! A [`Timeline`] is data: lanes, steps and an outcome. The explorers write one for every
//! verdict, and it travels in a [`Report`] as JSON (see [`json`]). Nothing here runs a program
//! or knows a runtime.
//!
//! It can be drawn for a terminal ([`Timeline::text`], or [`Display`](std::fmt::Display) for
//! plain text of at most 100 columns):
//!
//! ```text
//! Lost wake-up: the failing schedule with the fewest switches (5 steps)
//!      T1 T2  line …/lost_wakeup/broken.rs   what happened
//!   1  ●  │      7 if s.ready.load() == 0 {  reads ready = 0
//!   2  ●  │      8 let g = s.m.lock();       locks m
//!   3  ┃  ●     17 s.ready.store(1);         writes ready = 1  [ready=1]
//!   4  ┃  ○     18 s.cv.notify_one();        notifies cv → nobody waits: lost
//!   5  ●         9 let _g = s.cv.wait(g);    unlocks m, sleeps on cv
//!      ┊           ↳ stale: acts on ready = 0 from step 1, which T2 changed in step 3
//!   ✕  ╳         9 let _g = s.cv.wait(g);    asleep on cv
//!   ✕ T1 sleeps for ever: nobody is left to wake it
//!   ● step  ○ step without effect  │ runs  ┃ holds a lock  ┊ blocked  ╳ fails
//! ```
//!
//! and for a page ([`Timeline::svg`]), with the same rows and a bar for each lock that is held;
//! and told in words ([`Timeline::words`]), for narrow screens and for those who cannot see it.
//! All leave out what has nothing to do with the end, and say what they left out; both take
//! the texts of a learner's program without trusting them.
//!
//! ```
//! use timeline::{Text, Timeline};
//!
//! let mut timeline = Timeline::default();
//! timeline.outcome.summary = "nothing ran".to_string();
//! assert_eq!(timeline.to_string(), "  ✓ nothing ran\n");
//!
//! let ascii = Text { ascii: true, ..Text::default() };
//! assert_eq!(timeline.text(&ascii), "  ok nothing ran\n");
//! assert!(timeline.svg().starts_with("<svg"));
//! ```

mod clean;
mod fold;
pub mod graph;
pub mod json;
mod model;
mod replay;
mod report;
mod sections;
mod stale;
mod svg;
mod telling;
mod text;
mod words;

pub use graph::Graph;
pub use model::{Effect, Lane, Object, Outcome, Place, Step, Stuck, Timeline};
pub use report::{Coverage, Report, SCHEMA, Verdict, World};
pub use telling::{At, Line, Words};
pub use text::Text;
