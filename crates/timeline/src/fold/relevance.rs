//! Which steps explain how a schedule ended.

use std::collections::BTreeSet;

use crate::model::{Effect, Step, Timeline};
use crate::replay::{Replay, object};

/// How much a step has to do with the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Spawns, joins, ends: the frame of every program.
    Frame,
    /// Touches nothing that matters.
    Aside,
    /// Touches what matters.
    Part,
    /// Without it the end cannot be understood.
    Key,
}

/// How far to look for what matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// What the failing lanes touched, and all that led there.
    Wide,
    /// What the failing lanes touched last.
    Direct,
}

/// This many of a failing lane's last steps are taken to matter.
const LAST_STEPS: usize = 4;
/// Of a failure that repeats itself, this many instances are explained.
const INSTANCES: usize = 4;

/// The weight of every step.
///
/// In a schedule that passes, everything matters but the frame.
pub(super) fn weigh(timeline: &Timeline, replay: &Replay, reach: Reach) -> Vec<Weight> {
    let steps = &timeline.steps;
    if !timeline.outcome.failed {
        let weight = |s: &Step| {
            if is_spawn(s) {
                Weight::Frame
            } else {
                Weight::Part
            }
        };
        return steps.iter().map(weight).collect();
    }
    let actors = actors(timeline, replay);
    let mut matters = failing_objects(timeline, replay);
    if reach == Reach::Wide {
        widen(timeline, replay, &mut matters);
    }
    let key = keys(timeline, replay);
    // Whoever fails has touched nothing: the reason is in what the others did.
    let all_matters = reach == Reach::Wide && matters.is_empty();
    let weight = |(i, s): (usize, &Step)| {
        if key.contains(&i) {
            Weight::Key
        } else if touches(s, &matters) || (all_matters && !is_frame(s)) {
            Weight::Part
        } else if is_frame(s) {
            Weight::Frame
        } else if reach == Reach::Wide && s.effects.is_empty() && actors.contains(&s.lane) {
            // It says nothing of what it touches, so that it cannot be called unrelated.
            Weight::Part
        } else {
            Weight::Aside
        }
    };
    steps.iter().enumerate().map(weight).collect()
}

/// The lanes that fail, and those that they wait for.
pub(super) fn actors(timeline: &Timeline, replay: &Replay) -> BTreeSet<usize> {
    let stuck = &timeline.outcome.stuck;
    let fatal = replay.fatal.iter().map(|i| timeline.steps[*i].lane);
    let stale = replay.stale.iter().take(INSTANCES).flat_map(|s| {
        let by = s.overwritten.map(|i| timeline.steps[i].lane);
        by.into_iter().chain([s.lane])
    });
    stuck
        .iter()
        .flat_map(|s| s.waits_for.into_iter().chain([s.lane]))
        .chain(fatal)
        .chain(stale)
        .collect()
}

/// What the failing lanes wait for, hold, believe in, or touched last.
fn failing_objects(timeline: &Timeline, replay: &Replay) -> BTreeSet<usize> {
    let steps = &timeline.steps;
    let mut objects: BTreeSet<usize> = BTreeSet::new();
    objects.extend(timeline.outcome.stuck.iter().filter_map(|s| s.object));
    objects.extend(
        replay
            .holds
            .iter()
            .filter(|h| h.to.is_none())
            .map(|h| h.object),
    );
    objects.extend(replay.stale.iter().take(INSTANCES).map(|s| s.object));
    let lost = steps.iter().filter(|s| s.effects.contains(&Effect::Lost));
    objects.extend(lost.flat_map(|s| s.effects.iter().filter_map(object)));
    let stuck = timeline.outcome.stuck.iter().map(|s| (s.lane, steps.len()));
    let fatal = replay.fatal.iter().map(|i| (steps[*i].lane, i + 1));
    for (lane, end) in stuck.chain(fatal) {
        let own = steps[..end].iter().filter(|s| s.lane == lane);
        let last = own.rev().filter(|s| !is_frame(s)).take(LAST_STEPS);
        objects.extend(last.flat_map(|s| s.effects.iter().filter_map(object)));
    }
    // Where `main` outlives a panic, what that panic dropped tells why nobody heard of it.
    for panic in replay.fatal.iter().filter(|i| steps[**i].lane != 0) {
        let own = |s: &&Step| s.lane == steps[*panic].lane;
        let dropped = steps[*panic..].iter().filter(own);
        objects.extend(dropped.flat_map(|s| s.effects.iter().filter_map(object)));
    }
    objects
}

/// Adds what led there: what a lane had read before it changed something that matters, and what
/// it held meanwhile.
fn widen(timeline: &Timeline, replay: &Replay, matters: &mut BTreeSet<usize>) {
    loop {
        let before = matters.len();
        for lane in 0..timeline.lanes.len() {
            let own = |s: &&Step| s.lane == lane;
            let changes = |s: &Step| {
                s.effects.iter().any(|e| {
                    !matches!(e, Effect::Sees { .. })
                        && object(e).is_some_and(|o| matters.contains(&o))
                })
            };
            let last = timeline.steps.iter().rposition(|s| own(&s) && changes(s));
            let Some(last) = last else { continue };
            let read = timeline.steps[..last]
                .iter()
                .filter(own)
                .flat_map(|s| &s.effects)
                .filter(|e| matches!(e, Effect::Sees { .. }))
                .filter_map(object);
            matters.extend(read);
            matters.extend(
                replay
                    .held_after(last)
                    .filter(|h| h.lane == lane)
                    .map(|h| h.object),
            );
        }
        if matters.len() == before {
            return;
        }
    }
}

/// The steps that no picture may leave out.
fn keys(timeline: &Timeline, replay: &Replay) -> BTreeSet<usize> {
    let steps = &timeline.steps;
    let mut keys: BTreeSet<usize> = replay.fatal.iter().copied().collect();
    keys.extend(
        replay
            .holds
            .iter()
            .filter(|h| h.to.is_none())
            .map(|h| h.from),
    );
    for stale in replay.stale.iter().take(INSTANCES) {
        keys.extend([stale.read, stale.acts]);
        let Some(overwritten) = stale.overwritten else {
            continue;
        };
        keys.insert(overwritten);
        // What the other lane had read before it wrote: of a lost update, the second read.
        let by = steps[overwritten].lane;
        let read = |s: &Step| s.lane == by && sees(s, stale.object);
        keys.extend(steps[..overwritten].iter().rposition(read));
    }
    let lost = (0..steps.len()).filter(|i| steps[*i].effects.contains(&Effect::Lost));
    keys.extend(lost.take(INSTANCES));
    // A panic of another lane is hardly ever beside the point.
    let panics = (0..steps.len()).filter(|i| is_panic(&steps[*i]));
    keys.extend(panics.take(INSTANCES));
    for stuck in &timeline.outcome.stuck {
        let own = |s: &Step| s.lane == stuck.lane && !is_spawn(s);
        keys.extend(steps.iter().rposition(own));
        // It waits for a lane that is over: how that lane ended is the point.
        let over = |s: &Step| Some(s.lane) == stuck.waits_for && s.effects.contains(&Effect::Ends);
        keys.extend(steps.iter().rposition(over));
    }
    keys
}

fn sees(step: &Step, object: usize) -> bool {
    let of_it = |e: &Effect| matches!(e, Effect::Sees { object: o, .. } if *o == object);
    step.effects.iter().any(of_it)
}

fn touches(step: &Step, objects: &BTreeSet<usize>) -> bool {
    let mut touched = step.effects.iter().filter_map(object);
    touched.any(|o| objects.contains(&o))
}

pub(super) fn is_spawn(step: &Step) -> bool {
    !step.effects.is_empty()
        && step
            .effects
            .iter()
            .all(|e| matches!(e, Effect::Spawns { .. }))
}

fn is_panic(step: &Step) -> bool {
    step.what.starts_with("panics")
}

fn is_frame(step: &Step) -> bool {
    let joins = || ["join", "yield"].iter().any(|w| step.what.starts_with(w));
    step.effects
        .iter()
        .all(|e| matches!(e, Effect::Spawns { .. } | Effect::Ends))
        && (!step.effects.is_empty() || joins())
}
