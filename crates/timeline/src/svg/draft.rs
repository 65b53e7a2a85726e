//! What stands in the rows of a picture, before anything has a size.

use super::paint::Tone;
use crate::clean::clip;
use crate::fold::{Folded, Row};
use crate::model::{Effect, Place, Timeline};
use crate::replay::Replay;
use crate::words::{self, Labels};

/// A row: a step, steps left out, a time, or the lanes that are stuck.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// What stands at the left edge.
    pub(super) number: String,
    /// The steps that it stands for; empty where it is none.
    pub(super) steps: Option<(usize, usize)>,
    pub(super) kind: Kind,
    pub(super) cards: Vec<Card>,
    /// The values after it, and whether it changed them.
    pub(super) values: Vec<(String, bool)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Step,
    Gap,
    Clock,
    Stuck,
}

/// What one lane has to say in a row.
#[derive(Clone, Debug)]
pub(super) struct Card {
    /// An index into the shown lanes.
    pub(super) column: usize,
    pub(super) mark: Mark,
    pub(super) code: String,
    /// What happened, and remarks.
    pub(super) words: Vec<(Tone, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Dot,
    /// A step without effect.
    Ring,
    Cross,
    /// Steps left out.
    Dots,
}

/// The rows of a picture; `apart` gives every stuck lane a row of its own.
pub(super) fn rows(
    timeline: &Timeline,
    replay: &Replay,
    folded: &Folded,
    apart: bool,
) -> Vec<Draft> {
    let scribe = Scribe {
        timeline,
        replay,
        folded,
        labels: Labels::new(places(timeline, folded)),
        valued: valued(timeline, folded),
    };
    let mut rows = Vec::new();
    let mut clock = 0;
    for row in &folded.rows {
        match row {
            Row::Step { step, times } => {
                if let Some(at) = timeline.steps[*step].at.filter(|at| *at > clock) {
                    clock = at;
                    rows.push(Draft {
                        number: words::clock(at),
                        steps: None,
                        kind: Kind::Clock,
                        cards: Vec::new(),
                        values: Vec::new(),
                    });
                }
                rows.push(scribe.step(*step, *times));
            }
            Row::Gap {
                first, last, text, ..
            } => rows.push(scribe.gap(*first, *last, text)),
        }
    }
    let stuck = scribe.stuck();
    if apart {
        rows.extend(stuck.into_iter().map(|card| stuck_row(vec![card])));
    } else if !stuck.is_empty() {
        rows.push(stuck_row(stuck));
    }
    rows
}

/// The places of what is shown.
pub(crate) fn places<'a>(
    timeline: &'a Timeline,
    folded: &'a Folded,
) -> impl Iterator<Item = &'a Place> {
    let steps = folded.rows.iter().filter_map(|row| match row {
        Row::Step { step, .. } => timeline.steps[*step].place.as_ref(),
        Row::Gap { .. } => None,
    });
    let stuck = timeline.outcome.stuck.iter();
    steps.chain(stuck.filter_map(|s| s.place.as_ref()))
}

/// The objects whose values are told: those that a shown step reads or writes. Of many, none is
/// told except where it changes.
fn valued(timeline: &Timeline, folded: &Folded) -> Vec<usize> {
    let touched = |object: &usize| {
        folded.rows.iter().any(|row| match row {
            Row::Step { step, .. } => timeline.steps[*step].effects.iter().any(|e| {
                matches!(e, Effect::Sets { object: o, .. } | Effect::Sees { object: o, .. } if o == object)
            }),
            Row::Gap { .. } => false,
        })
    };
    (0..timeline.objects.len()).filter(touched).collect()
}

fn stuck_row(cards: Vec<Card>) -> Draft {
    Draft {
        number: String::new(),
        steps: None,
        kind: Kind::Stuck,
        cards,
        values: Vec::new(),
    }
}

struct Scribe<'a> {
    timeline: &'a Timeline,
    replay: &'a Replay<'a>,
    folded: &'a Folded,
    labels: Labels,
    valued: Vec<usize>,
}

/// More values than this are told only where they change.
const FEW_VALUES: usize = 3;
/// A name with its value is clipped to so many columns.
const LONGEST_VALUE: usize = 20;

impl Scribe<'_> {
    fn column(&self, lane: usize) -> Option<usize> {
        self.folded.lanes.iter().position(|l| *l == lane)
    }

    fn step(&self, index: usize, times: usize) -> Draft {
        let step = &self.timeline.steps[index];
        let fatal = self.replay.fatal.contains(&index);
        let (mark, tone) = if fatal {
            (Mark::Cross, Tone::Bad)
        } else if step.effects.contains(&Effect::Lost) {
            (Mark::Ring, Tone::Dim)
        } else {
            (Mark::Dot, Tone::Dim)
        };
        let mut what = step.what.clone();
        if times > 1 {
            what = format!("{what} ×{times}");
        }
        let mut words = vec![(tone, self.located(step.place.as_ref(), &what))];
        let stale = self.replay.stale.iter().filter(|s| s.acts == index);
        words.extend(stale.map(|s| (Tone::Wait, words::stale_note(self.timeline, s))));
        Draft {
            number: (index + 1).to_string(),
            steps: Some((index, index + times - 1)),
            kind: Kind::Step,
            cards: vec![Card {
                column: self.column(step.lane).unwrap_or(0),
                mark,
                code: code(step.place.as_ref()),
                words,
            }],
            values: self.values(index, index + times - 1),
        }
    }

    /// Steps left out stand in the lane that did most of them.
    fn gap(&self, first: usize, last: usize, text: &str) -> Draft {
        let count = |lane: usize| {
            let steps = &self.timeline.steps[first..=last];
            steps.iter().filter(|s| s.lane == lane).count()
        };
        let lanes = self.folded.lanes.iter().enumerate();
        let column = lanes
            .max_by_key(|(column, lane)| (count(**lane), usize::MAX - column))
            .map_or(0, |(column, _)| column);
        Draft {
            number: "…".to_string(),
            steps: Some((first, last)),
            kind: Kind::Gap,
            cards: vec![Card {
                column,
                mark: Mark::Dots,
                code: String::new(),
                words: vec![(Tone::Dim, text.to_string())],
            }],
            values: self.values(first, last),
        }
    }

    fn stuck(&self) -> Vec<Card> {
        let stuck = self.timeline.outcome.stuck.iter();
        stuck
            .filter_map(|stuck| {
                Some(Card {
                    column: self.column(stuck.lane)?,
                    mark: Mark::Cross,
                    code: code(stuck.place.as_ref()),
                    words: vec![(Tone::Wait, self.located(stuck.place.as_ref(), &stuck.what))],
                })
            })
            .collect()
    }

    fn located(&self, place: Option<&Place>, what: &str) -> String {
        match place {
            Some(place) => format!("{}: {what}", self.labels.label(place)),
            None => what.to_string(),
        }
    }

    fn values(&self, first: usize, last: usize) -> Vec<(String, bool)> {
        let changed: Vec<usize> = self
            .replay
            .changed(first, last)
            .iter()
            .map(|(object, _)| *object)
            .collect();
        let all = self.valued.len() <= FEW_VALUES;
        let told = self.valued.iter().filter(|o| all || changed.contains(o));
        told.filter_map(|object| {
            let value = words::short(self.replay.value_after(*object, last)?);
            let name = &self.timeline.objects[*object].name;
            let told = clip(&format!("{name}={value}"), LONGEST_VALUE, "…");
            Some((told, changed.contains(object)))
        })
        .collect()
    }
}

fn code(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |p| p.source.clone())
}
