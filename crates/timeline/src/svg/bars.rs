//! The bars beside a lane: what it holds, and what it believes although it is no longer true.

use super::plan::{Plan, bar_x};
use crate::fold::Folded;
use crate::model::Timeline;
use crate::replay::Replay;

/// A bar with its place.
pub(super) struct Bar {
    pub(super) kind: BarKind,
    /// An index into the lanes of the timeline.
    pub(super) lane: usize,
    pub(super) object: usize,
    /// The name that stands in it.
    pub(super) name: String,
    pub(super) x: usize,
    pub(super) y1: usize,
    pub(super) y2: usize,
    /// Held at the end.
    pub(super) open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum BarKind {
    Stale,
    Held,
}

/// From the step after which the bar begins to the one at which it ends.
struct Span {
    kind: BarKind,
    lane: usize,
    object: usize,
    from: usize,
    to: Option<usize>,
}

/// A lane has room for so many bars side by side; the words tell of more.
const MOST_TRACKS: usize = 5;

fn spans(replay: &Replay) -> Vec<Span> {
    let stale = replay.stale.iter().filter_map(|s| {
        Some(Span {
            kind: BarKind::Stale,
            lane: s.lane,
            object: s.object,
            from: s.overwritten?,
            to: Some(s.acts),
        })
    });
    let held = replay.holds.iter().map(|h| Span {
        kind: BarKind::Held,
        lane: h.lane,
        object: h.object,
        from: h.from,
        to: h.to,
    });
    stale.chain(held).collect()
}

/// Whether anything of a bar can be seen: it spans more than one row.
fn is_visible(folded: &Folded, span: &Span) -> bool {
    let Some(to) = span.to else { return true };
    folded.row_of(span.from) != folded.row_of(to)
}

/// The bars of a lane, each with its track, so that no two bars of a track overlap.
fn allocate(replay: &Replay, folded: &Folded, lane: usize) -> Vec<(Span, usize)> {
    let mut spans = spans(replay);
    spans.retain(|s| s.lane == lane && is_visible(folded, s));
    spans.sort_by_key(|s| (s.kind, s.from, s.object));
    let mut ends: Vec<Option<usize>> = Vec::new();
    let mut placed: Vec<(Span, usize)> = Vec::new();
    for span in spans {
        // Stale bars and held bars have tracks of their own: they are told apart by their place.
        let free = (0..ends.len()).find(|t| {
            let kind = placed
                .iter()
                .find(|(_, track)| track == t)
                .map(|(s, _)| s.kind);
            kind == Some(span.kind) && ends[*t].is_some_and(|end| end <= span.from)
        });
        let track = free.unwrap_or_else(|| {
            ends.push(None);
            ends.len() - 1
        });
        ends[track] = span.to;
        placed.push((span, track));
    }
    placed.retain(|(_, track)| *track < MOST_TRACKS);
    placed
}

/// How many bars stand side by side in each of the shown lanes.
pub(super) fn tracks(replay: &Replay, folded: &Folded) -> Vec<usize> {
    let lanes = folded.lanes.iter();
    lanes
        .map(|lane| {
            let placed = allocate(replay, folded, *lane);
            placed.iter().map(|(_, track)| track + 1).max().unwrap_or(0)
        })
        .collect()
}

/// The bars of a picture whose rows have their places.
pub(super) fn place(
    timeline: &Timeline,
    replay: &Replay,
    folded: &Folded,
    plan: &Plan,
) -> Vec<Bar> {
    let mut bars = Vec::new();
    for lane in &plan.lanes {
        for (span, track) in allocate(replay, folded, lane.lane) {
            let Some(from) = plan.band_of(span.from) else {
                continue;
            };
            let to = span.to.and_then(|to| plan.band_of(to));
            bars.push(Bar {
                name: match span.kind {
                    BarKind::Stale => "stale".to_string(),
                    BarKind::Held => timeline.objects[span.object].name.clone(),
                },
                kind: span.kind,
                lane: span.lane,
                object: span.object,
                x: bar_x(lane, track),
                y1: from.mark(),
                y2: to.map_or(plan.bottom + 6, |band| band.mark()),
                open: span.to.is_none(),
            });
        }
    }
    bars
}
