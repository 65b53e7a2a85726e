//! The runner as a learner meets it, over miniature workshops that are built for each test.

mod book;
mod chapter;
#[cfg(target_os = "linux")]
mod interrupt;
mod readme;
mod real;
#[cfg(target_os = "linux")]
mod serving;
mod support;
#[cfg(target_os = "linux")]
mod trouble;
mod usage;
