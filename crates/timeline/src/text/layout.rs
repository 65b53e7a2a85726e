//! Where the columns of a text picture stand.

use crate::clean::width;
use crate::fold::{Folded, Row};
use crate::model::{Place, Timeline};
use crate::replay::Replay;
use crate::words::{Labels, changed};

/// With less room than this for what happened, it moves to a line of its own.
const LEAST_WHAT: usize = 36;
/// Source lines are not clipped to less than this for the sake of what happened.
const LEAST_CODE: usize = 24;

/// How wide a column with a letter is, and with a short name.
const LETTERED: usize = 3;

pub(super) struct Layout {
    pub(super) width: usize,
    /// The right edge of the step numbers.
    pub(super) number: usize,
    /// Per shown lane, the column where it stands.
    pub(super) lanes: Vec<usize>,
    /// Lanes are called A, B, C, because their names are too long for a column.
    pub(super) lettered: bool,
    pub(super) labels: Labels,
    /// Where line labels begin, and how wide they are.
    pub(super) label: usize,
    pub(super) label_width: usize,
    /// Where source text begins, and how wide it may be.
    pub(super) code: usize,
    pub(super) code_width: usize,
    /// Where the words begin that say what happened.
    pub(super) what: usize,
    /// What happened stands below its source line instead of beside it.
    pub(super) stacked: bool,
}

impl Layout {
    pub(super) fn new(
        timeline: &Timeline,
        replay: &Replay,
        folded: &Folded,
        columns: usize,
    ) -> Layout {
        let drawn = || drawn(timeline, folded);
        let labels = Labels::new(drawn().filter_map(|(place, _)| place));

        let number = timeline.steps.len().to_string().len().max(3);
        let widest = drawn().filter_map(|(place, _)| Some(width(&labels.label(place?))));
        let label_width = widest.max().unwrap_or(0).clamp(4, columns / 5);
        let names = folded.lanes.iter();
        let mut names: Vec<usize> = names
            .map(|l| (width(&timeline.lanes[*l].name) + 1).max(LETTERED))
            .collect();
        let room = |names: &[usize]| {
            columns.saturating_sub(number + 2 + names.iter().sum::<usize>() + label_width + 2)
        };
        // Letters stand for names that would take a third of the page, or the place that what
        // happened needs beside its source line.
        let least = LEAST_CODE + 2 + LEAST_WHAT;
        let letters = vec![LETTERED; names.len()];
        let lettered = names.iter().sum::<usize>() > columns / 3
            || (room(&names) < least && room(&letters) >= least);
        if lettered {
            names = letters;
        }
        let room = room(&names);
        let mut label = number + 3;
        let mut lanes = Vec::new();
        for name in names {
            lanes.push(label - 1);
            label += name;
        }
        let code = label + label_width + 1;
        let stacked = room < least;
        let sources = drawn().filter_map(|(place, _)| Some(width(&place?.source)));
        let widest_code = sources.max().unwrap_or(0).max(4);
        let widths = || {
            drawn()
                .map(|(_, what)| width(what))
                .chain(values(timeline, replay, folded))
        };
        // No words are broken if the source lines can bear it; else the longest are, and
        // claim nothing.
        let all_words = widths().max().unwrap_or(0);
        let words = if all_words + 2 + LEAST_CODE <= room {
            all_words
        } else {
            let most = room * 3 / 5;
            widths().filter(|w| *w <= most).max().unwrap_or(0)
        };
        let (code_width, what) = if stacked {
            (room, code + 2)
        } else {
            // Source text is clipped and words are wrapped, so words come first.
            let code_width = widest_code.min(room - 2 - words.max(LEAST_WHAT));
            (code_width, code + code_width + 2)
        };
        Layout {
            width: columns,
            number,
            lanes,
            lettered,
            labels,
            label,
            label_width,
            code,
            code_width,
            what,
            stacked,
        }
    }
}

/// The places and words that will be drawn.
fn drawn<'a>(
    timeline: &'a Timeline,
    folded: &'a Folded,
) -> impl Iterator<Item = (Option<&'a Place>, &'a str)> {
    let steps = folded.rows.iter().filter_map(|row| match row {
        Row::Step { step, .. } => Some(&timeline.steps[*step]),
        Row::Gap { .. } => None,
    });
    let stuck = timeline.outcome.stuck.iter();
    steps
        .map(|s| (s.place.as_ref(), s.what.as_str()))
        .chain(stuck.map(|s| (s.place.as_ref(), s.what.as_str())))
}

/// How wide what happened is where changed values stand behind it.
fn values<'a>(
    timeline: &'a Timeline,
    replay: &'a Replay,
    folded: &'a Folded,
) -> impl Iterator<Item = usize> + 'a {
    folded.rows.iter().filter_map(|row| match row {
        Row::Step { step, times: 1 } => {
            let values = changed(timeline, replay, *step, *step);
            Some(width(&timeline.steps[*step].what) + 2 + width(&values))
        }
        _ => None,
    })
}
