//! Ending a task from outside.

use std::fmt;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};

use explore::runtime::{self, LaneId, Place, task};

use super::Id;

/// The right to abort a task.
#[derive(Clone)]
pub struct AbortHandle {
    lane: LaneId,
}

impl UnwindSafe for AbortHandle {}
impl RefUnwindSafe for AbortHandle {}

impl AbortHandle {
    pub(crate) fn new(lane: LaneId) -> Self {
        AbortHandle { lane }
    }

    #[track_caller]
    pub fn abort(&self) {
        abort(Location::caller(), self.lane);
    }

    #[track_caller]
    pub fn is_finished(&self) -> bool {
        is_finished(Location::caller(), self.lane)
    }

    pub fn id(&self) -> Id {
        Id::of(self.lane)
    }
}

impl fmt::Debug for AbortHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AbortHandle")
            .field("id", &self.id())
            .finish()
    }
}

pub(crate) fn abort(place: Place, lane: LaneId) {
    let turn = task::step(place);
    let over = runtime::finished(lane);
    task::observe(('a', lane, over));
    task::abort(lane);
    turn.say(|note| {
        let name = runtime::lane_name(lane);
        match over {
            true => note.what(format!("aborts {name}: it is over")),
            false => note.what(format!("aborts {name}")),
        }
    });
}

pub(crate) fn is_finished(place: Place, lane: LaneId) -> bool {
    let turn = runtime::look(place);
    let over = runtime::finished(lane);
    task::observe(over);
    runtime::looked(place, over.into());
    turn.say(|note| {
        let name = runtime::lane_name(lane);
        match over {
            true => note.what(format!("sees that {name} is over")),
            false => note.what(format!("sees that {name} is not over")),
        }
    });
    over
}
