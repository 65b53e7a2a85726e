//! Shows a critical section that nobody disturbs as one row.
//!
//! A lane that locks and unlocks with nothing in between, not even a step of another lane, did
//! one thing as far as a reader can tell.

use crate::model::{Effect, Step, Timeline};

/// Joins each step that takes something to the next step, if that one gives it back.
pub(crate) fn join(timeline: &mut Timeline) {
    let mut joined: Vec<Step> = Vec::with_capacity(timeline.steps.len());
    for step in timeline.steps.drain(..) {
        match joined.last_mut() {
            Some(last) if is_section(last, &step) => close(last, step),
            _ => joined.push(step),
        }
    }
    timeline.steps = joined;
}

fn is_section(taking: &Step, giving: &Step) -> bool {
    let same = taking.lane == giving.lane && taking.at == giving.at;
    let [Effect::Holds { object: taken }] = taking.effects.as_slice() else {
        return false;
    };
    let gives = |effect: &Effect| matches!(effect, Effect::Frees { object } if object == taken);
    let others = |effect: &Effect| gives(effect) || *effect == Effect::Ends;
    same && giving.effects.iter().any(gives) && giving.effects.iter().all(others)
}

fn close(taking: &mut Step, giving: Step) {
    taking.what = both(&taking.what, &giving.what);
    for effect in taking.effects.iter_mut() {
        if let Effect::Holds { object } = *effect {
            *effect = Effect::Uses { object };
        }
    }
    let rest = giving.effects.into_iter();
    let rest = rest.filter(|effect| !matches!(effect, Effect::Frees { .. }));
    taking.effects.extend(rest);
}

/// `locks jobs` and `unlocks jobs` are `locks and unlocks jobs`.
fn both(first: &str, second: &str) -> String {
    match (first.split_once(' '), second.split_once(' ')) {
        (Some((takes, what)), Some((gives, same))) if what == same => {
            format!("{takes} and {gives} {what}")
        }
        _ => format!("{first}, {second}"),
    }
}
