//! Programs of threads over what loom has not: channels that close, barriers, scopes, `Once`.

pub mod meeting;
pub mod messages;

use crate::threads::Program;

/// All programs of this directory.
pub fn all() -> impl Iterator<Item = Program> {
    [messages::PROGRAMS, meeting::PROGRAMS]
        .into_iter()
        .flatten()
        .copied()
}
