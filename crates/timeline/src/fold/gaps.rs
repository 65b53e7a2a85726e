//! Says what was left out.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::relevance::Weight;
use crate::model::{Effect, Step, Timeline};
use crate::words::{count, list};

/// Up to so many of a lane's steps are told by what they do.
const FEW: usize = 3;

/// What the left-out steps are, in one phrase. `hidden` are lanes without a column.
pub(super) fn describe(
    timeline: &Timeline,
    weights: &[Weight],
    hidden: &[usize],
    range: RangeInclusive<usize>,
) -> String {
    let (mut frame, mut others): (Vec<usize>, Vec<usize>) =
        range.partition(|step| weights[*step] == Weight::Frame);
    let frames: Vec<String> = lanes(timeline, &frame)
        .into_iter()
        .filter_map(|lane| {
            let own = frame.iter().map(|i| &timeline.steps[*i]);
            let what = tell(timeline, own.filter(|s| s.lane == lane))?;
            Some(format!("{} {what}", timeline.lanes[lane].name))
        })
        .collect();
    let mut phrases = Vec::new();
    if frames.len() == lanes(timeline, &frame).len() && frames.len() <= FEW {
        phrases = frames;
        frame.clear();
    }
    others.append(&mut frame);
    if !others.is_empty() {
        let lanes = lanes(timeline, &others);
        let names: Vec<&str> = lanes
            .iter()
            .map(|l| timeline.lanes[*l].name.as_str())
            .collect();
        let whose = if names.len() <= FEW {
            format!(" of {}", list(&names, FEW))
        } else {
            String::new()
        };
        let unrelated = others.iter().all(|i| weights[*i] < Weight::Part);
        let why = match others.len() {
            _ if !unrelated || lanes.iter().all(|l| hidden.contains(l)) => "",
            1 => " that touches nothing of this",
            _ => " that touch nothing of this",
        };
        phrases.push(format!("{}{whose}{why}", count(others.len(), "step")));
    }
    phrases.join("; ")
}

/// The lanes that did these steps.
fn lanes(timeline: &Timeline, steps: &[usize]) -> BTreeSet<usize> {
    steps.iter().map(|i| timeline.steps[*i].lane).collect()
}

/// What one lane's steps do: `spawns T1 and T2, joins T1`. Nothing where that would be long.
fn tell<'a>(timeline: &Timeline, steps: impl Iterator<Item = &'a Step>) -> Option<String> {
    let mut spawned = Vec::new();
    let mut clauses: Vec<String> = Vec::new();
    for step in steps {
        let before = spawned.len();
        spawned.extend(step.effects.iter().filter_map(|e| match e {
            Effect::Spawns { lane } => Some(timeline.lanes[*lane].name.as_str()),
            _ => None,
        }));
        if spawned.len() == before {
            clauses.push(step.what.clone());
        }
    }
    if !spawned.is_empty() {
        clauses.insert(0, format!("spawns {}", list(&spawned, 5)));
    }
    (clauses.len() <= FEW).then(|| clauses.join(", "))
}
