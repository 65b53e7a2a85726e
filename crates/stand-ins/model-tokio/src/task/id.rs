//! The name of a task.

use std::fmt;

use explore::runtime::{self, LaneId};

/// Names a task among those of one run.
#[derive(Clone, Copy, Debug, Hash, Eq, PartialEq, PartialOrd, Ord)]
pub struct Id(u64);

impl Id {
    pub(crate) fn of(lane: LaneId) -> Self {
        Id(lane as u64)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[track_caller]
pub fn id() -> Id {
    try_id().expect("Can't get a task id when not inside a task")
}

pub fn try_id() -> Option<Id> {
    match runtime::lane() {
        0 => None,
        lane => Some(Id::of(lane)),
    }
}
