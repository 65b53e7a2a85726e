//! Writes one run down, so that it can be drawn.
//!
//! Only the run that is shown is recorded: a schedule can be repeated, so the search itself
//! writes nothing.

use std::cell::RefCell;
use std::collections::HashMap;

use timeline::{Effect, Lane, Object, Outcome, Place, Step, Stuck, Timeline};

use crate::naming::Name;
use crate::runtime::{Blocked, LaneId, Note};
use crate::source::{Sources, Spot};
use crate::survey::Fork;
use crate::world::World;

/// The steps of one run, in order.
#[derive(Default)]
pub(crate) struct Recorder {
    steps: RefCell<Vec<Raw>>,
    /// The decisions, where they are wanted too.
    pub forks: Option<RefCell<Vec<Fork>>>,
}

/// A run in a reader's terms.
pub(crate) struct Told {
    pub lanes: Vec<Lane>,
    pub objects: Vec<Object>,
    pub steps: Vec<Step>,
    sources: Sources,
}

struct Raw {
    lane: LaneId,
    spot: Option<Spot>,
    what: String,
    effects: Vec<Effect>,
    at: u64,
}

/// Stands for the name of an object in a sentence until all objects are known.
pub(crate) fn mention(object: usize) -> String {
    format!("\u{1}{object}\u{2}")
}

/// A lane that cannot go on.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub lane: LaneId,
    pub spot: Option<Spot>,
    pub blocked: Blocked,
}

impl Recorder {
    /// A recorder that writes down the decisions, too.
    pub fn of_decisions() -> Self {
        Recorder {
            forks: Some(RefCell::default()),
            ..Recorder::default()
        }
    }

    /// How many steps there are so far.
    pub fn len(&self) -> usize {
        self.steps.borrow().len()
    }

    /// Adds a step of the current lane.
    pub fn push(&self, world: &World, spot: Option<Spot>, note: Note) {
        let lane = world.current.get();
        self.steps.borrow_mut().push(Raw {
            lane,
            spot,
            what: note.what,
            effects: note.effects,
            at: world.clock.get().as_nanos() as u64,
        });
    }

    /// The run that is over, in a reader's terms.
    pub fn tell(&self, world: &World) -> Told {
        let mut sources = Sources::default();
        let objects = name_objects(world, &mut sources);
        let mut told = Told {
            lanes: Vec::new(),
            steps: Vec::new(),
            objects,
            sources,
        };
        let mut last_own: HashMap<LaneId, Spot> = HashMap::new();
        for raw in self.steps.borrow().iter() {
            // A line of a library is not the reader's: the last of the program's own stands for it.
            let spot = match &raw.spot {
                Some(spot) if spot.is_own() => {
                    last_own.insert(raw.lane, spot.clone());
                    Some(spot)
                }
                Some(_) => last_own.get(&raw.lane),
                None => None,
            };
            told.steps.push(Step {
                lane: raw.lane,
                place: spot.map(|spot| told.sources.place(spot)),
                what: with_names(&raw.what, &told.objects),
                effects: raw.effects.clone(),
                at: (raw.at > 0).then_some(raw.at),
            });
        }
        for (id, lane) in world.lanes.borrow().iter().enumerate() {
            // Between its last visible operation and its end a lane does nothing to be seen.
            let last = told.steps.iter_mut().rfind(|step| step.lane == id);
            if let Some(step) = last.filter(|_| lane.done && lane.panic.is_none()) {
                step.effects.push(Effect::Ends);
            }
            let spawned = lane
                .spawned
                .map(|place| told.sources.place(&Spot::of(place)));
            told.lanes.push(Lane {
                name: lane.name.clone(),
                spawned,
            });
        }
        told
    }

    /// The picture of the run that is over.
    pub fn timeline(&self, world: &World, standing: Vec<Standing>) -> Timeline {
        let mut told = self.tell(world);
        let all = told.steps.len();
        let stuck = standing
            .into_iter()
            .map(|standing| told.stuck(standing, all))
            .collect();
        let failure = world.failure.borrow();
        let summary = failure.as_ref().map_or_else(
            || "everything ends well".to_owned(),
            |failure| {
                let text = format!("{}: {}", failure.kind, failure.message);
                with_names(&text, &told.objects)
            },
        );
        Timeline {
            title: String::new(),
            outcome: Outcome {
                failed: failure.is_some(),
                summary,
                stuck,
            },
            lanes: told.lanes,
            objects: told.objects,
            steps: told.steps,
        }
    }

    /// The names of the objects in a sentence that mentions them.
    pub fn resolve(world: &World, text: &str) -> String {
        let objects = name_objects(world, &mut Sources::default());
        with_names(text, &objects)
    }
}

impl Told {
    /// A lane that stands still after so many steps.
    pub fn stuck(&mut self, standing: Standing, after: usize) -> Stuck {
        let Standing {
            lane,
            spot,
            blocked,
        } = standing;
        let steps = &self.steps[..after];
        let place = match spot {
            Some(spot) if spot.is_own() => Some(self.sources.place(&spot)),
            Some(_) => last_place(steps, lane).cloned(),
            None => None,
        };
        let named = |text: &str| with_names(text, &self.objects);
        let holding = blocked.object.and_then(|object| holder(steps, object));
        let mut what = match blocked.object {
            Some(object) => format!("{} {}", blocked.what, named(&mention(object))),
            None => named(&blocked.what),
        };
        if let Some(step) = holding {
            let step = &steps[step];
            let who = if step.lane == lane {
                "itself"
            } else {
                &self.lanes[step.lane].name
            };
            let line = step
                .place
                .as_ref()
                .map(|place| format!(" since line {}", place.line));
            what += &format!(" (held by {who}{})", line.unwrap_or_default());
        }
        if let Some(why) = &blocked.why {
            what += &format!(" ({})", named(why));
        }
        Stuck {
            lane,
            place,
            what,
            object: blocked.object,
            waits_for: blocked
                .lane
                .or_else(|| holding.map(|step| steps[step].lane)),
        }
    }
}

/// The line at which a lane was seen last.
pub(crate) fn last_place(steps: &[Step], lane: LaneId) -> Option<&Place> {
    let mut own = steps.iter().rev().filter(|step| step.lane == lane);
    own.find_map(|step| step.place.as_ref())
}

/// The step since which somebody holds `object`, at the end.
fn holder(steps: &[Step], object: usize) -> Option<usize> {
    let mut holding: Vec<usize> = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        for effect in &step.effects {
            match effect {
                Effect::Holds { object: o } if *o == object => holding.push(i),
                Effect::Frees { object: o } if *o == object => {
                    let at = holding.iter().rposition(|&h| steps[h].lane == step.lane);
                    // A guard may be dropped by another lane than the one that took it.
                    let at = at.or_else(|| holding.len().checked_sub(1));
                    at.map(|at| holding.remove(at));
                }
                _ => {}
            }
        }
    }
    holding.last().copied()
}

/// Gives each object the name that the program has for it. Several of one name are numbered: from 0
/// in brackets where one expression makes them all, like what they are elements of.
fn name_objects(world: &World, sources: &mut Sources) -> Vec<Object> {
    let described = world.objects.describe();
    let found: Vec<Name> = described
        .iter()
        .map(|(kind, made, _)| {
            sources.name_of(&Spot::of(made)).unwrap_or_else(|| Name {
                text: kind.to_lowercase(),
                one_of_many: false,
            })
        })
        .collect();
    let mut total: HashMap<&str, usize> = HashMap::new();
    for name in &found {
        *total.entry(&name.text).or_default() += 1;
    }
    let mut before: HashMap<&str, usize> = HashMap::new();
    let names = found.iter().map(|Name { text, one_of_many }| {
        let n = before.entry(text).or_default();
        *n += 1;
        match (one_of_many, total[text.as_str()]) {
            (true, _) => format!("{text}[{}]", *n - 1),
            (false, 1) => text.clone(),
            (false, _) => format!("{text} {n}"),
        }
    });
    let objects = described.into_iter().zip(names);
    objects
        .map(|((kind, _, initial), name)| Object {
            name,
            kind: kind.to_owned(),
            initial,
        })
        .collect()
}

fn with_names(text: &str, objects: &[Object]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, mentioned)) = rest.split_once('\u{1}') {
        out.push_str(before);
        let (index, after) = mentioned.split_once('\u{2}').unwrap_or((mentioned, ""));
        let object = index.parse().ok().and_then(|i: usize| objects.get(i));
        out.push_str(object.map_or("it", |object| &object.name));
        rest = after;
    }
    out.push_str(rest);
    out
}
