//! Every schedule of a small program, as a graph of its states.

use serde::{Deserialize, Serialize};

use crate::model::{Effect, Lane, Object, Place};

/// The states that a program can be in, and every way to go on from each.
///
/// A path from state 0 to a state with an [`end`](State::end) is a schedule. States that are
/// equal are one state, so a graph is much smaller than the list of its schedules. Lanes,
/// objects, places, steps, stands and states are referred to by their index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graph {
    /// The threads or tasks. Lane 0 is `main`.
    pub lanes: Vec<Lane>,
    /// What the lanes share.
    pub objects: Vec<Object>,
    /// The lines of the program that the graph refers to.
    pub places: Vec<Place>,
    /// What can happen.
    pub steps: Vec<Move>,
    /// Where a lane can stand.
    pub stands: Vec<Stand>,
    /// The steps before state 0, which happen without a choice.
    pub before: Vec<usize>,
    /// State 0 is the start.
    pub states: Vec<State>,
}

/// One visible operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Move {
    /// Who does it.
    pub lane: usize,
    /// Where it stands in the program; nothing where no line can be named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<usize>,
    /// What happens, as a short clause without a subject.
    pub what: String,
    /// What it does to the shared objects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Effect>,
    /// The virtual clock in nanoseconds, in worlds that have one and once it has moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<u64>,
}

/// Where a lane stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stand {
    /// The line at which it will go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<usize>,
    /// What it waits for; nothing if it can go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits: Option<String>,
    /// The object that it waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<usize>,
    /// The lane that would have to act.
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<usize>,
}

/// A state of the whole program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct State {
    /// Where each lane stands; nothing for one that has not begun, or is over.
    pub lanes: Vec<Option<usize>>,
    /// The virtual clock in nanoseconds, once it has moved.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub clock: u64,
    /// The ways to go on; none at the end.
    pub next: Vec<Way>,
    /// How the schedule has ended, where it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<End>,
}

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Way {
    /// Who goes on.
    pub lane: usize,
    /// What is special about it, where a lane can go on in several ways.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The state that it leads to.
    pub to: usize,
    /// What happens on the way: what the lane does, and then what others do without a choice.
    pub steps: Vec<usize>,
}

/// How a schedule ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct End {
    /// Whether it breaks the program.
    pub failed: bool,
    /// The end in one sentence.
    pub summary: String,
}

impl Stand {
    /// A lane that can go on at this place.
    #[must_use]
    pub fn at(place: usize) -> Self {
        Stand {
            place: Some(place),
            waits: None,
            object: None,
            waits_for: None,
        }
    }
}

impl Graph {
    /// How many schedules there are, and how many of them break the program; nothing if the
    /// program can go round in circles, or has more of them than a `u64` can count.
    #[must_use]
    pub fn count(&self) -> Option<(u64, u64)> {
        if self.states.is_empty() {
            return None;
        }
        let mut counts = vec![Count::Unknown; self.states.len()];
        let mut stack = vec![(0, 0)];
        while let Some((state, way)) = stack.pop() {
            if way == 0 {
                match counts[state] {
                    Count::Unknown => counts[state] = Count::Open,
                    Count::Open => return None,
                    Count::Known(..) => continue,
                }
            }
            let this = &self.states[state];
            if let Some(next) = this.next.get(way) {
                stack.push((state, way + 1));
                stack.push((next.to, 0));
                continue;
            }
            let mut sum: (u64, u64) = match &this.end {
                Some(end) => (1, u64::from(end.failed)),
                None => (0, 0),
            };
            for way in &this.next {
                let Count::Known(all, failing) = counts[way.to] else {
                    return None;
                };
                sum = (sum.0.checked_add(all)?, sum.1.checked_add(failing)?);
            }
            counts[state] = Count::Known(sum.0, sum.1);
        }
        match counts.first()? {
            Count::Known(all, failing) => Some((*all, *failing)),
            _ => None,
        }
    }
}

#[derive(Clone, Copy)]
enum Count {
    Unknown,
    /// It is being counted: whoever comes to it now goes round in circles.
    Open,
    Known(u64, u64),
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for this form"
)]
fn is_zero(clock: &u64) -> bool {
    *clock == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A graph whose states have these successors; a state without any is an end, and fails if
    /// its number is odd.
    fn graph(next: &[&[usize]]) -> Graph {
        let state = |(i, to): (usize, &&[usize])| State {
            next: to.iter().map(|&to| way(to)).collect(),
            end: to.is_empty().then(|| End {
                failed: i % 2 == 1,
                summary: String::new(),
            }),
            ..State::default()
        };
        Graph {
            states: next.iter().enumerate().map(state).collect(),
            ..Graph::default()
        }
    }

    fn way(to: usize) -> Way {
        Way {
            lane: 0,
            label: None,
            to,
            steps: Vec::new(),
        }
    }

    #[test]
    fn schedules_are_paths() {
        assert_eq!(graph(&[&[]]).count(), Some((1, 0)));
        assert_eq!(graph(&[&[1, 2], &[], &[]]).count(), Some((2, 1)));
        // Two ways into one state, and on from there in two.
        let joined = graph(&[&[1, 2], &[4], &[4], &[], &[3, 6], &[], &[]]);
        assert_eq!(joined.count(), Some((4, 2)));
        // One state that is reached from two sides is counted once, and added twice.
        assert_eq!(graph(&[&[2, 2], &[], &[3], &[]]).count(), Some((2, 2)));
    }

    #[test]
    fn circles_and_empty_graphs_are_not_counted() {
        assert_eq!(graph(&[&[1], &[0]]).count(), None);
        assert_eq!(graph(&[&[0, 1], &[]]).count(), None);
        assert_eq!(Graph::default().count(), None);
    }

    #[test]
    fn very_many_schedules_are_not_counted_wrongly() {
        let mut next: Vec<Vec<usize>> = (0..70).map(|i| vec![i + 1, i + 1]).collect();
        next.push(Vec::new());
        let next: Vec<&[usize]> = next.iter().map(Vec::as_slice).collect();
        assert_eq!(graph(&next).count(), None);
    }
}
