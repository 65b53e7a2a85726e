//! Finds rounds of a loop, so that one of them can stand for all.

use super::Item;
use super::relevance::Weight;
use crate::model::{Effect, Step, Timeline};

/// The longest round that is looked for, in rows.
const LONGEST_ROUND: usize = 8;
/// Fewer rounds are shown as they are.
const FEWEST_ROUNDS: usize = 3;

/// Rounds that follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rounds {
    /// How many rows one round takes.
    pub(super) length: usize,
    pub(super) times: usize,
    /// The rounds differ in nothing, not even in values.
    pub(super) exact: bool,
}

/// The rounds that begin at `items[0]`, if there are enough to be worth telling.
///
/// Steps that explain the end never take part: they are told one by one.
pub(super) fn find(timeline: &Timeline, weights: &[Weight], items: &[Item]) -> Option<Rounds> {
    let best = (1..=LONGEST_ROUND)
        .filter_map(|length| rounds(timeline, weights, items, length))
        // Of two ways to say the same, the one with the shorter rounds.
        .max_by_key(|r| (r.length * r.times, usize::MAX - r.length))?;
    (best.length * best.times > best.length + 1).then_some(best)
}

fn rounds(
    timeline: &Timeline,
    weights: &[Weight],
    items: &[Item],
    length: usize,
) -> Option<Rounds> {
    let first = items.get(..length)?;
    if !matches!(first[0], Item::Step(_)) {
        return None;
    }
    let same = |round: &[Item], exact: bool| {
        round
            .iter()
            .zip(first)
            .all(|(a, b)| alike(timeline, weights, a, b, exact))
    };
    let count = |exact| {
        items
            .chunks_exact(length)
            .take_while(|r| same(r, exact))
            .count()
    };
    let (times, exact) = (count(false), count(true));
    (times >= FEWEST_ROUNDS).then_some(Rounds {
        length,
        times,
        exact: exact == times,
    })
}

fn alike(timeline: &Timeline, weights: &[Weight], a: &Item, b: &Item, exact: bool) -> bool {
    match (a, b) {
        (Item::Step(a), Item::Step(b)) => {
            let free = weights[*a] != Weight::Key && weights[*b] != Weight::Key;
            free && same_step(&timeline.steps[*a], &timeline.steps[*b], exact)
        }
        (Item::Gap(a0, a1), Item::Gap(b0, b1)) => a1 - a0 == b1 - b0,
        _ => false,
    }
}

fn same_step(a: &Step, b: &Step, exact: bool) -> bool {
    let line = |s: &Step| s.place.as_ref().map(|p| (p.file.clone(), p.line));
    if a.lane != b.lane || line(a) != line(b) {
        return false;
    }
    // A step that receives and one that finds nothing more differ in more than values.
    if verb(a) != verb(b) {
        return false;
    }
    if exact || a.effects.is_empty() {
        return a.what == b.what && a.effects == b.effects;
    }
    a.effects.len() == b.effects.len()
        && a.effects.iter().zip(&b.effects).all(|(a, b)| match (a, b) {
            (
                Effect::Sees {
                    object: a, newest, ..
                },
                Effect::Sees {
                    object: b,
                    newest: other,
                    ..
                },
            ) => a == b && newest.is_some() == other.is_some(),
            (Effect::Sets { object: a, .. }, Effect::Sets { object: b, .. }) => a == b,
            (a, b) => a == b,
        })
}

/// What the step does: the first word of its clause.
fn verb(step: &Step) -> Option<&str> {
    step.what.split(' ').next()
}
