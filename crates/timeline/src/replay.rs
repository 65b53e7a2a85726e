//! What follows from the steps of a timeline: who holds what and since when, who is blocked,
//! which values are where. Both pictures are drawn from it.

use crate::model::{Effect, Timeline};
use crate::stale::{self, Stale};

/// A lock or permit in the hands of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hold {
    pub(crate) object: usize,
    pub(crate) lane: usize,
    /// The step that took it.
    pub(crate) from: usize,
    /// The step that gave it back; nothing where it is still held at the end.
    pub(crate) to: Option<usize>,
}

/// What a lane is doing after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    /// Not spawned yet, or over.
    Absent,
    Runs,
    Holds,
    Blocked,
}

/// The facts of a schedule, all by index of step, lane and object.
pub(crate) struct Replay<'a> {
    timeline: &'a Timeline,
    pub(crate) holds: Vec<Hold>,
    pub(crate) stale: Vec<Stale>,
    /// The steps that break the program.
    pub(crate) fatal: Vec<usize>,
    /// Per lane: the steps after which it is blocked, as `from..to`.
    blocked: Vec<Vec<(usize, usize)>>,
    /// Per lane: the step that spawned it.
    pub(crate) born: Vec<Option<usize>>,
    /// Per lane: its last step, if it is over.
    ended: Vec<Option<usize>>,
}

impl<'a> Replay<'a> {
    /// `timeline` must be clean: every index in it exists.
    pub(crate) fn new(timeline: &'a Timeline) -> Self {
        let holds = holds(timeline);
        let fatal = fatal(timeline);
        Replay {
            blocked: blocked(timeline, &holds),
            born: born(timeline),
            ended: (0..timeline.lanes.len())
                .map(|lane| {
                    timeline
                        .steps
                        .iter()
                        .rposition(|s| s.lane == lane && s.effects.contains(&Effect::Ends))
                })
                .collect(),
            stale: stale::find(timeline, &fatal),
            timeline,
            holds,
            fatal,
        }
    }

    /// What `lane` is doing after `step`.
    pub(crate) fn state(&self, lane: usize, step: usize) -> State {
        if self.born[lane].is_some_and(|b| step < b) || self.ended[lane].is_some_and(|e| step >= e)
        {
            State::Absent
        } else if self.blocked[lane]
            .iter()
            .any(|(from, to)| (*from..*to).contains(&step))
        {
            State::Blocked
        } else if self.held_after(step).any(|h| h.lane == lane) {
            State::Holds
        } else {
            State::Runs
        }
    }

    /// What is held after `step`.
    pub(crate) fn held_after(&self, step: usize) -> impl Iterator<Item = &Hold> {
        self.holds
            .iter()
            .filter(move |h| h.from <= step && h.to.is_none_or(|to| step < to))
    }

    /// The value of an object after `step`, where it is known.
    pub(crate) fn value_after(&self, object: usize, step: usize) -> Option<&'a str> {
        let steps = self.timeline.steps.iter().take(step + 1);
        self.value(object, steps.rev())
    }

    /// The value of an object before `step`, where it is known.
    pub(crate) fn value_before(&self, object: usize, step: usize) -> Option<&'a str> {
        self.value(object, self.timeline.steps.iter().take(step).rev())
    }

    fn value(
        &self,
        object: usize,
        mut newest_first: impl Iterator<Item = &'a crate::Step>,
    ) -> Option<&'a str> {
        newest_first
            .find_map(|step| sets(&step.effects, object))
            .or(self.timeline.objects[object].initial.as_deref())
    }

    /// The objects that have another value after `last` than before `first`.
    pub(crate) fn changed(&self, first: usize, last: usize) -> Vec<(usize, &'a str)> {
        (0..self.timeline.objects.len())
            .filter_map(|object| {
                let after = self.value_after(object, last)?;
                (self.value_before(object, first) != Some(after)).then_some((object, after))
            })
            .collect()
    }
}

/// The value that effects give to an object.
pub(crate) fn sets(effects: &[Effect], object: usize) -> Option<&str> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::Sets { object: o, value } if *o == object => Some(value.as_str()),
        _ => None,
    })
}

/// The object that an effect touches.
pub(crate) fn object(effect: &Effect) -> Option<usize> {
    match effect {
        Effect::Holds { object }
        | Effect::Frees { object }
        | Effect::Sees { object, .. }
        | Effect::Sets { object, .. }
        | Effect::Uses { object } => Some(*object),
        _ => None,
    }
}

fn holds(timeline: &Timeline) -> Vec<Hold> {
    let mut holds: Vec<Hold> = Vec::new();
    for (step, s) in timeline.steps.iter().enumerate() {
        for effect in &s.effects {
            match *effect {
                Effect::Holds { object } => holds.push(Hold {
                    object,
                    lane: s.lane,
                    from: step,
                    to: None,
                }),
                Effect::Frees { object } => {
                    let mine = |h: &Hold| h.object == object && h.to.is_none();
                    // A guard can be handed to another lane, which then frees what it never took.
                    let index = holds
                        .iter()
                        .rposition(|h| mine(h) && h.lane == s.lane)
                        .or_else(|| holds.iter().position(mine));
                    if let Some(index) = index {
                        holds[index].to = Some(step);
                    }
                }
                _ => {}
            }
        }
    }
    holds
}

fn born(timeline: &Timeline) -> Vec<Option<usize>> {
    let mut born = vec![None; timeline.lanes.len()];
    let mut seen = vec![false; timeline.lanes.len()];
    for (step, s) in timeline.steps.iter().enumerate() {
        seen[s.lane] = true;
        for effect in &s.effects {
            if let Effect::Spawns { lane } = *effect
                && !seen[lane]
            {
                born[lane].get_or_insert(step);
            }
        }
    }
    born
}

/// A lane that is woken was blocked since its last step; one that is stuck is blocked since it
/// last moved, or since another lane took what it waits for.
fn blocked(timeline: &Timeline, holds: &[Hold]) -> Vec<Vec<(usize, usize)>> {
    let mut blocked = vec![Vec::new(); timeline.lanes.len()];
    let mut last: Vec<Option<usize>> = vec![None; timeline.lanes.len()];
    for (step, s) in timeline.steps.iter().enumerate() {
        for effect in &s.effects {
            match *effect {
                Effect::Spawns { lane } => {
                    last[lane].get_or_insert(step);
                }
                Effect::Wakes { lane } if lane != s.lane => {
                    blocked[lane].push((last[lane].unwrap_or(0), step));
                }
                _ => {}
            }
        }
        last[s.lane] = Some(step);
    }
    for stuck in &timeline.outcome.stuck {
        let taken = holds
            .iter()
            .filter(|h| Some(h.object) == stuck.object && h.lane != stuck.lane && h.to.is_none())
            .map(|h| h.from)
            .min();
        let from = last[stuck.lane].max(taken).unwrap_or(0);
        blocked[stuck.lane].push((from, usize::MAX));
    }
    blocked
}

fn fatal(timeline: &Timeline) -> Vec<usize> {
    if !timeline.outcome.failed {
        return Vec::new();
    }
    let steps = &timeline.steps;
    let marked: Vec<usize> = (0..steps.len())
        .filter(|i| steps[*i].effects.contains(&Effect::Fails))
        .collect();
    if marked.is_empty() && timeline.outcome.stuck.is_empty() && !steps.is_empty() {
        let panic = steps.iter().rposition(|s| s.what.starts_with("panic"));
        return vec![panic.unwrap_or(steps.len() - 1)];
    }
    marked
}
