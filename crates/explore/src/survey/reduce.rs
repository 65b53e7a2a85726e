//! Leaves in a graph what a person would count: one visible operation is one step, and equal
//! states are one state.

use std::collections::HashMap;

use timeline::Effect;
use timeline::graph::{Graph, Stand, State, Way};

/// Reduces a graph. `inner` tells the states in the middle of an operation, which a way passes if
/// there is only one way on. A graph in which one can go round in circles stays as it is.
pub(super) fn reduce(graph: &mut Graph, mut inner: Vec<bool>) {
    let Some(order) = children_first(graph) else {
        return;
    };
    let mut kept: HashMap<State, usize> = HashMap::new();
    let mut same: Vec<usize> = (0..graph.states.len()).collect();
    for at in order {
        let mut state = graph.states[at].clone();
        for way in &mut state.next {
            way.to = same[way.to];
            skip_inner(way, graph, &inner);
        }
        loop {
            join_equal(&mut state.next);
            stand_where_it_goes_on(&mut state, graph);
            if let Some(spawn) = only_a_spawn(&state, graph) {
                state.next = vec![spawn];
                inner[at] = true;
                break;
            }
            if let Some(then) = all_silent(&state, graph) {
                state = then;
            } else if let Some(then) = one_silent(&state, graph) {
                state = then;
            } else {
                break;
            }
        }
        same[at] = *kept.entry(state.clone()).or_insert(at);
        graph.states[at] = state;
    }
    let mut start = Way {
        lane: 0,
        label: None,
        to: same.first().copied().unwrap_or(0),
        steps: std::mem::take(&mut graph.before),
    };
    skip_inner(&mut start, graph, &inner);
    graph.before = start.steps;
    without_strays(graph, start.to);
}

/// A choice that turned out to be none is part of the way that leads to it.
fn skip_inner(way: &mut Way, graph: &Graph, inner: &[bool]) {
    while inner[way.to]
        && let [only] = graph.states[way.to].next.as_slice()
    {
        way.to = only.to;
        way.steps.extend(&only.steps);
    }
}

/// Ways of one lane on which the same happens are one way, and a lane's only way needs no label.
fn join_equal(ways: &mut Vec<Way>) {
    ways.sort_by(|a, b| (a.lane, &a.label).cmp(&(b.lane, &b.label)));
    let mut kept: Vec<Way> = Vec::new();
    for way in ways.drain(..) {
        let same =
            |other: &Way| (other.lane, other.to, &other.steps) == (way.lane, way.to, &way.steps);
        if !kept.iter().any(same) {
            kept.push(way);
        }
    }
    let lanes: Vec<usize> = kept.iter().map(|way| way.lane).collect();
    for way in &mut kept {
        if lanes.iter().filter(|&&lane| lane == way.lane).count() == 1 {
            way.label = None;
        }
    }
    *ways = kept;
}

/// A lane that can go on stands at the line of what it does next, or waits for next.
fn stand_where_it_goes_on(state: &mut State, graph: &mut Graph) {
    for way in &state.next {
        let own = way.steps.iter().map(|&step| &graph.steps[step]);
        let first = own
            .filter(|step| step.lane == way.lane)
            .find_map(|step| step.place);
        let then = graph.states[way.to].lanes[way.lane];
        let waits = then.and_then(|stand| graph.stands[stand].place);
        if let Some(place) = first.or(waits) {
            let stand = Stand::at(place);
            let known = graph.stands.iter().position(|other| *other == stand);
            state.lanes[way.lane] = Some(known.unwrap_or_else(|| {
                graph.stands.push(stand);
                graph.stands.len() - 1
            }));
        }
    }
}

/// Nothing happens but that all come to where they wait: that is where they stand.
fn all_silent(state: &State, graph: &Graph) -> Option<State> {
    let first = state.next.first()?;
    let then = &graph.states[first.to];
    let silent = |way: &Way| is_silent(way) && way.to == first.to;
    (state.clock == then.clock && state.next.iter().all(silent)).then(|| then.clone())
}

/// Nothing happens on a way but that its lane comes to another place, or to where it waits, and
/// the others can do the same there as here, which leads to the same: so that is where it stands.
fn one_silent(state: &State, graph: &Graph) -> Option<State> {
    state.next.iter().find_map(|way| {
        let then = &graph.states[way.to];
        let others = |state: &State| {
            let mut lanes = state.lanes.clone();
            lanes[way.lane] = None;
            let ways = state.next.iter().filter(|other| other.lane != way.lane);
            (lanes, state.clock, ways.cloned().collect::<Vec<_>>())
        };
        let same = is_silent(way) && then.end.is_none() && others(state) == others(then);
        same.then(|| {
            let mut joined = then.clone();
            let more = state.next.iter().filter(|other| other.lane == way.lane);
            joined
                .next
                .extend(more.filter(|other| *other != way).cloned());
            joined
        })
    })
}

/// A way on which lanes are spawned and nothing else, and the others do the same before and after:
/// nobody can tell when it was.
fn only_a_spawn(state: &State, graph: &Graph) -> Option<Way> {
    let spawns = |step: &usize| {
        let effects = &graph.steps[*step].effects;
        matches!(effects.as_slice(), [Effect::Spawns { .. }])
    };
    let spawn = state.next.iter().find(|way| {
        let then = &graph.states[way.to];
        let same_after = |other: &Way| {
            let same =
                |o: &Way| (o.lane, &o.label, &o.steps) == (other.lane, &other.label, &other.steps);
            then.next.iter().any(same)
        };
        let others = || state.next.iter().filter(|other| other.lane != way.lane);
        !way.steps.is_empty() && way.steps.iter().all(spawns) && others().all(same_after)
    });
    spawn.cloned()
}

fn is_silent(way: &Way) -> bool {
    way.steps.is_empty() && way.label.is_none()
}

/// The states, each after all that it leads to; nothing if there is a circle.
fn children_first(graph: &Graph) -> Option<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Never,
        Open,
        Done,
    }
    let mut seen = vec![Seen::Never; graph.states.len()];
    let mut order = Vec::new();
    let mut stack = vec![(0, 0)];
    while let Some((at, way)) = stack.pop() {
        match (way, seen[at]) {
            (0, Seen::Done) => continue,
            (0, Seen::Open) => return None,
            _ => seen[at] = Seen::Open,
        }
        match graph.states[at].next.get(way) {
            Some(next) => stack.extend([(at, way + 1), (next.to, 0)]),
            None => {
                seen[at] = Seen::Done;
                order.push(at);
            }
        }
    }
    Some(order)
}

/// Keeps the states that `start` leads to, and makes it state 0.
fn without_strays(graph: &mut Graph, start: usize) {
    let mut numbers = vec![None; graph.states.len()];
    let mut kept = Vec::new();
    let mut stack = vec![start];
    while let Some(at) = stack.pop() {
        if numbers[at].is_none() {
            numbers[at] = Some(kept.len());
            stack.extend(graph.states[at].next.iter().rev().map(|way| way.to));
            kept.push(graph.states[at].clone());
        }
    }
    for way in kept.iter_mut().flat_map(|state| &mut state.next) {
        way.to = numbers[way.to].expect("what a kept state leads to is kept");
    }
    graph.states = kept;
}
