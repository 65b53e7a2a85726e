//! Every schedule of a small program, as a graph of its states.
//!
//! Each run writes down its decisions: where all lanes stood, and the ways that there were. The
//! search sees to it that every way is taken once from every state; here the runs are laid over
//! each other. Two decisions are one state if the world has one name for them. A choice in the
//! middle of an operation, such as the branch that a `select!` looks at first, has no name of its
//! own: it is told by the state before it and the way that led there.

mod reduce;

use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;
use std::time::Duration;

use timeline::graph::{End, Graph, Move, Stand as Standpoint, State, Way as Edge};
use timeline::{Effect, Place, Stuck, Timeline};

use self::reduce::reduce;
use crate::recorder::{Standing, Told, last_place};
use crate::runtime::LaneId;
use crate::trial::picture;
use crate::world::{World, digest};

/// A graph with more states than this is no picture any more. The documentation of `graph` in both
/// worlds names the number.
const MOST_STATES: usize = 600;

/// A decision of a run.
#[derive(Debug)]
pub(crate) struct Fork {
    /// How many steps there were before it.
    pub steps: usize,
    pub clock: Duration,
    /// The name of the state; nothing in the middle of an operation.
    pub state: Option<u64>,
    pub stands: Vec<Stand>,
    pub ways: Vec<Way>,
    /// Which of them this run took.
    pub taken: usize,
}

/// A lane that is not over, in the middle of a run.
#[derive(Debug)]
pub(crate) struct Stand {
    pub standing: Standing,
    /// Whether it cannot go on.
    pub waits: bool,
}

/// A way to go on.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub lane: LaneId,
    /// What is special about it, where the lane has several.
    pub label: Option<String>,
}

impl Way {
    /// The lane goes on.
    pub fn of(lane: LaneId) -> Self {
        Way { lane, label: None }
    }
}

/// The graph, as far as it has been seen.
#[derive(Default)]
pub(crate) struct Survey {
    graph: Graph,
    places: Index<Place>,
    steps: Index<Move>,
    stands: Index<Standpoint>,
    states: HashMap<u64, usize>,
    ends: HashMap<(End, Vec<Option<usize>>), usize>,
    /// The states in the middle of an operation.
    inner: Vec<bool>,
}

/// Things with numbers: equal things have the same.
struct Index<T> {
    numbers: HashMap<T, usize>,
    things: Vec<T>,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Index {
            numbers: HashMap::new(),
            things: Vec::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Index<T> {
    fn number(&mut self, thing: T) -> usize {
        *self.numbers.entry(thing).or_insert_with_key(|thing| {
            self.things.push(thing.clone());
            self.things.len() - 1
        })
    }
}

impl Survey {
    /// Lays a run over those before it; nothing if the graph becomes too large, or if the runs do
    /// not fit onto each other.
    pub fn add(&mut self, world: &Rc<World>) -> Option<()> {
        let recorder = world.recorder.as_ref()?;
        let forks = recorder.forks.as_ref()?.take();
        let (timeline, _) = picture(world);
        let mut told = recorder.tell(world);
        self.same_lanes(&timeline)?;
        let objects = self.objects(&timeline);
        let steps = self.steps(&timeline, &objects);
        // What led to the fork that is looked at: a state, a way, and where its steps begin.
        let mut came: Option<(usize, &Fork)> = None;
        let mut name = 0;
        for fork in &forks {
            name = match (fork.state, came) {
                (Some(state), _) => digest(&('s', state)),
                (None, Some((_, before))) => digest(&('i', name, before.taken)),
                (None, None) => 0,
            };
            let state = match self.states.get(&name) {
                Some(&state) => state,
                None => {
                    let state = self.arrive(fork, &mut told, &objects)?;
                    self.states.insert(name, state);
                    state
                }
            };
            match came {
                Some((from, before)) => {
                    self.edge(from, before, state, &steps[before.steps..fork.steps]);
                }
                None => self.graph.before = steps[..fork.steps].to_vec(),
            }
            came = Some((state, fork));
        }
        let end = self.end(&timeline, &objects)?;
        match came {
            Some((from, before)) => self.edge(from, before, end, &steps[before.steps..]),
            None => self.graph.before = steps,
        }
        Some(())
    }

    /// The numbers of the steps of a run.
    fn steps(&mut self, timeline: &Timeline, objects: &[usize]) -> Vec<usize> {
        let steps = timeline.steps.iter().map(|step| {
            let place = step.place.clone().map(|place| self.places.number(place));
            self.steps.number(Move {
                lane: step.lane,
                place,
                what: step.what.clone(),
                effects: effects(&step.effects, objects),
                at: step.at,
            })
        });
        steps.collect()
    }

    /// A state that no run has come to before.
    fn arrive(&mut self, fork: &Fork, told: &mut Told, objects: &[usize]) -> Option<usize> {
        let lanes = fork.stands.iter().map(|stand| {
            let mut stuck = told.stuck(stand.standing.clone(), fork.steps);
            if stand.standing.spot.is_none() {
                let before = &told.steps[..fork.steps];
                stuck.place = last_place(before, stuck.lane).cloned();
            }
            (stuck, stand.waits)
        });
        let lanes = self.standpoints(lanes.collect(), objects);
        let state = self.state(State {
            lanes,
            clock: fork.clock.as_nanos() as u64,
            ..State::default()
        })?;
        self.inner[state] = fork.state.is_none();
        Some(state)
    }

    /// The graph, once every run has been added.
    pub fn finish(mut self) -> Graph {
        // A lane that another run found later has not begun in the states found before.
        let lanes = self.graph.lanes.len();
        for state in &mut self.graph.states {
            state.lanes.resize(lanes, None);
        }
        self.graph.places = self.places.things;
        self.graph.steps = self.steps.things;
        self.graph.stands = self.stands.things;
        reduce(&mut self.graph, self.inner);
        self.graph
    }

    /// The lanes of a run are those of the runs before it, and maybe more.
    fn same_lanes(&mut self, timeline: &Timeline) -> Option<()> {
        let known = self.graph.lanes.len().min(timeline.lanes.len());
        if self.graph.lanes[..known] != timeline.lanes[..known] {
            return None;
        }
        self.graph.lanes.extend_from_slice(&timeline.lanes[known..]);
        Some(())
    }

    /// The numbers in the graph of the objects of a run, which may find them in another order.
    fn objects(&mut self, timeline: &Timeline) -> Vec<usize> {
        let known = &mut self.graph.objects;
        let numbers = timeline.objects.iter().map(|object| {
            let same = |o: &timeline::Object| (&o.name, &o.kind) == (&object.name, &object.kind);
            known.iter().position(same).unwrap_or_else(|| {
                known.push(object.clone());
                known.len() - 1
            })
        });
        numbers.collect()
    }

    /// Where each lane stands.
    fn standpoints(&mut self, stands: Vec<(Stuck, bool)>, objects: &[usize]) -> Vec<Option<usize>> {
        let mut lanes = vec![None; self.graph.lanes.len()];
        for (stuck, waits) in stands {
            let place = stuck.place.map(|place| self.places.number(place));
            let stand = Standpoint {
                place,
                waits: waits.then_some(stuck.what),
                object: stuck.object.filter(|_| waits).map(|object| objects[object]),
                waits_for: stuck.waits_for.filter(|_| waits),
            };
            lanes[stuck.lane] = Some(self.stands.number(stand));
        }
        lanes
    }

    fn state(&mut self, state: State) -> Option<usize> {
        if self.graph.states.len() == MOST_STATES {
            return None;
        }
        self.graph.states.push(state);
        self.inner.push(false);
        Some(self.graph.states.len() - 1)
    }

    fn edge(&mut self, from: usize, fork: &Fork, to: usize, steps: &[usize]) {
        let Way { lane, label } = fork.ways[fork.taken].clone();
        let edge = Edge {
            lane,
            label,
            to,
            steps: steps.to_vec(),
        };
        let next = &mut self.graph.states[from].next;
        if !next.contains(&edge) {
            next.push(edge);
            next.sort_by(|a, b| (a.lane, &a.label).cmp(&(b.lane, &b.label)));
        }
    }

    /// The state at the end of a run.
    fn end(&mut self, timeline: &Timeline, objects: &[usize]) -> Option<usize> {
        let stuck = timeline.outcome.stuck.iter().cloned();
        let lanes = self.standpoints(stuck.map(|stuck| (stuck, true)).collect(), objects);
        let end = End {
            failed: timeline.outcome.failed,
            summary: timeline.outcome.summary.clone(),
        };
        let key = (end.clone(), lanes.clone());
        if let Some(&state) = self.ends.get(&key) {
            return Some(state);
        }
        let state = self.state(State {
            lanes,
            clock: timeline
                .steps
                .iter()
                .filter_map(|step| step.at)
                .max()
                .unwrap_or(0),
            end: Some(end),
            ..State::default()
        })?;
        self.ends.insert(key, state);
        Some(state)
    }
}

/// Effects, with the numbers that the objects have in the graph. That a lane is over is seen by
/// where it stands, and the step before it may be one of another schedule, too.
fn effects(effects: &[Effect], objects: &[usize]) -> Vec<Effect> {
    let effects = effects.iter().filter(|effect| **effect != Effect::Ends);
    effects
        .cloned()
        .map(|mut effect| {
            if let Some(object) = effect.object_mut() {
                *object = objects[*object];
            }
            effect
        })
        .collect()
}
