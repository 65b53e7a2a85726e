//! The picture in words, for those who cannot see it.

use std::fmt::Write as _;

use crate::fold::{Folded, Row};
use crate::model::{Place, Timeline};
use crate::replay::Replay;
use crate::words::{self, Labels};

/// A name for the picture.
pub(super) fn name(timeline: &Timeline) -> &str {
    match (timeline.title.as_str(), timeline.outcome.summary.as_str()) {
        ("", "") => "a schedule",
        ("", summary) => summary,
        (title, _) => title,
    }
}

/// The steps in order, and the end.
pub(super) fn tell(
    timeline: &Timeline,
    replay: &Replay,
    folded: &Folded,
    labels: &Labels,
) -> String {
    let mut tale = String::new();
    let lane = |lane: usize| timeline.lanes[lane].name.as_str();
    let mut clock = 0;
    for row in &folded.rows {
        match row {
            Row::Step { step: index, times } => {
                let step = &timeline.steps[*index];
                if let Some(at) = step.at.filter(|at| *at > clock) {
                    clock = at;
                    let _ = write!(tale, "The clock moves to {}. ", words::clock(at));
                }
                let _ = write!(
                    tale,
                    "Step {}: {} {}",
                    index + 1,
                    lane(step.lane),
                    step.what
                );
                if *times > 1 {
                    let _ = write!(tale, ", {times} times");
                }
                let _ = write!(tale, "{}. ", at(labels, step.place.as_ref()));
                for stale in replay.stale.iter().filter(|s| s.acts == *index) {
                    let _ = write!(tale, "{}. ", words::stale_note(timeline, stale));
                }
            }
            Row::Gap { text, .. } => {
                let _ = write!(tale, "Left out: {text}. ");
            }
        }
    }
    for stuck in &timeline.outcome.stuck {
        let place = at(labels, stuck.place.as_ref());
        let _ = write!(tale, "{} {}{place}. ", lane(stuck.lane), stuck.what);
    }
    tale.push_str(&timeline.outcome.summary);
    tale.trim_end().to_string()
}

fn at(labels: &Labels, place: Option<&Place>) -> String {
    let Some(place) = place else {
        return String::new();
    };
    match labels {
        Labels::Lines { .. } => format!(" (line {})", place.line),
        Labels::Files(_) => format!(" ({})", labels.label(place)),
    }
}
