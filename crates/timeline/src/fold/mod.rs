//! Leaves out what does not matter, and says so.

use crate::model::Timeline;
use crate::replay::Replay;

/// What remains of a timeline to be drawn.
pub(crate) struct Folded {
    pub(crate) rows: Vec<Row>,
    /// The lanes that are shown, in their order.
    pub(crate) lanes: Vec<usize>,
    /// The lanes that are not.
    pub(crate) hidden: Vec<usize>,
}

/// One row of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// A step, done so many times in a row.
    Step { step: usize, times: usize },
    /// The steps `first..=last`, left out, and what they are.
    Gap {
        first: usize,
        last: usize,
        text: String,
    },
}

pub(crate) fn fold(timeline: &Timeline, _replay: &Replay) -> Folded {
    Folded {
        rows: (0..timeline.steps.len())
            .map(|step| Row::Step { step, times: 1 })
            .collect(),
        lanes: (0..timeline.lanes.len()).collect(),
        hidden: Vec::new(),
    }
}
