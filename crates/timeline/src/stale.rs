//! Values that a lane still believes in although another lane has changed them.

use std::collections::BTreeMap;

use crate::model::{Effect, Timeline};

/// A lane acts on a value that is no longer true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stale {
    pub(crate) object: usize,
    pub(crate) lane: usize,
    /// What the lane read, and at which step.
    pub(crate) value: String,
    pub(crate) read: usize,
    /// The step that changed the value; nothing where the memory model showed an old value whose
    /// successor stands in no step.
    pub(crate) overwritten: Option<usize>,
    /// The step at which the lane acts on what it read. It is `read` itself where the memory
    /// model let the lane read an old value.
    pub(crate) acts: usize,
    /// The newest value, where `read` did not see it.
    pub(crate) newest: Option<String>,
}

/// What a lane has read and not touched since.
struct Belief {
    value: String,
    read: usize,
    overwritten: Option<usize>,
}

/// Every stale value that a lane acts on, in the order in which they are acted on.
///
/// A lane that reads the object again acts on nothing old. One that writes it does, and so does
/// one that goes on to its own end, where that end is what fails. In a schedule that passes, an
/// old value has done no harm and is not told.
pub(crate) fn find(timeline: &Timeline, fatal: &[usize]) -> Vec<Stale> {
    if !timeline.outcome.failed {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut beliefs: BTreeMap<(usize, usize), Belief> = BTreeMap::new();
    let mut last_set: BTreeMap<usize, usize> = BTreeMap::new();
    for (step, s) in timeline.steps.iter().enumerate() {
        for effect in &s.effects {
            match effect {
                Effect::Sees {
                    object,
                    value,
                    newest,
                } => {
                    if newest.as_ref().is_some_and(|n| n != value) {
                        found.push(Stale {
                            object: *object,
                            lane: s.lane,
                            value: value.clone(),
                            read: step,
                            overwritten: last_set.get(object).copied(),
                            acts: step,
                            newest: newest.clone(),
                        });
                    }
                    beliefs.insert(
                        (s.lane, *object),
                        Belief {
                            value: value.clone(),
                            read: step,
                            overwritten: None,
                        },
                    );
                }
                Effect::Sets { object, value } => {
                    if let Some(belief) = beliefs.remove(&(s.lane, *object)) {
                        found.extend(belief.acted_on((s.lane, *object), step));
                    }
                    for ((_, o), belief) in &mut beliefs {
                        if o == object && belief.value != *value {
                            belief.overwritten.get_or_insert(step);
                        }
                    }
                    last_set.insert(*object, step);
                }
                _ => {}
            }
        }
    }
    for (key, belief) in beliefs {
        let stuck = timeline.outcome.stuck.iter().any(|s| s.lane == key.0);
        let end = timeline
            .steps
            .iter()
            .enumerate()
            .rposition(|(i, s)| s.lane == key.0 && (stuck || fatal.contains(&i)));
        if let (Some(end), Some(overwritten)) = (end, belief.overwritten)
            && end > overwritten
        {
            found.extend(belief.acted_on(key, end));
        }
    }
    found.sort_by_key(|s| (s.acts, s.lane, s.object));
    found
}

impl Belief {
    fn acted_on(self, (lane, object): (usize, usize), acts: usize) -> Option<Stale> {
        Some(Stale {
            object,
            lane,
            value: self.value,
            read: self.read,
            overwritten: Some(self.overwritten?),
            acts,
            newest: None,
        })
    }
}
