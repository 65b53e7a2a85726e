//! Builds timelines in few words.

use timeline::{Effect, Lane, Object, Outcome, Place, Step, Stuck, Timeline};

/// A timeline that is being written down, step by step.
pub struct Build {
    pub t: Timeline,
    file: &'static str,
}

/// The effects of a step by the names of their objects.
pub enum E {
    Holds(&'static str),
    Frees(&'static str),
    Sees(&'static str, &'static str),
    Old(&'static str, &'static str, &'static str),
    Sets(&'static str, &'static str),
    Uses(&'static str),
    Spawns(&'static str),
    Wakes(&'static str),
    Lost,
    Fails,
    Ends,
}

impl Build {
    pub fn new(title: &str, lanes: &[&str]) -> Build {
        let lanes = lanes.iter().map(|name| Lane {
            name: (*name).to_string(),
            spawned: None,
        });
        Build {
            t: Timeline {
                title: title.to_string(),
                lanes: lanes.collect(),
                ..Timeline::default()
            },
            file: "crates/ch11-deadlocks/src/transfer/broken.rs",
        }
    }

    /// The steps from here on stand in this file.
    pub fn file(mut self, file: &'static str) -> Build {
        self.file = file;
        self
    }

    pub fn object(mut self, name: &str, kind: &str, initial: Option<&str>) -> Build {
        self.t.objects.push(Object {
            name: name.to_string(),
            kind: kind.to_string(),
            initial: initial.map(String::from),
        });
        self
    }

    fn lane(&self, name: &str) -> usize {
        let known = self.t.lanes.iter().position(|l| l.name == name);
        known.unwrap_or_else(|| panic!("no lane {name}"))
    }

    fn named(&self, name: &str) -> usize {
        let known = self.t.objects.iter().position(|o| o.name == name);
        known.unwrap_or_else(|| panic!("no object {name}"))
    }

    fn place(&self, line: u32, source: &str) -> Option<Place> {
        Some(Place {
            file: self.file.to_string(),
            line,
            source: source.to_string(),
        })
    }

    pub fn step(mut self, lane: &str, line: u32, source: &str, what: &str, does: &[E]) -> Build {
        let effects = does.iter().map(|e| match *e {
            E::Holds(o) => Effect::Holds {
                object: self.named(o),
            },
            E::Frees(o) => Effect::Frees {
                object: self.named(o),
            },
            E::Sees(o, v) => Effect::Sees {
                object: self.named(o),
                value: v.to_string(),
                newest: None,
            },
            E::Old(o, v, n) => Effect::Sees {
                object: self.named(o),
                value: v.to_string(),
                newest: Some(n.to_string()),
            },
            E::Sets(o, v) => Effect::Sets {
                object: self.named(o),
                value: v.to_string(),
            },
            E::Uses(o) => Effect::Uses {
                object: self.named(o),
            },
            E::Spawns(l) => Effect::Spawns { lane: self.lane(l) },
            E::Wakes(l) => Effect::Wakes { lane: self.lane(l) },
            E::Lost => Effect::Lost,
            E::Fails => Effect::Fails,
            E::Ends => Effect::Ends,
        });
        let step = Step {
            lane: self.lane(lane),
            place: self.place(line, source),
            what: what.to_string(),
            effects: effects.collect(),
            at: self.t.steps.last().and_then(|s| s.at),
        };
        self.t.steps.push(step);
        self
    }

    /// The last step, and those after it, happen at this time.
    pub fn at_ms(mut self, ms: u64) -> Build {
        self.t.steps.last_mut().expect("has a step").at = Some(ms * 1_000_000);
        self
    }

    pub fn stuck(mut self, lane: &str, line: u32, source: &str, what: &str, on: On) -> Build {
        let (object, waits_for) = match on {
            On::Lock(object, lane) => (Some(self.named(object)), Some(self.lane(lane))),
            On::Object(object) => (Some(self.named(object)), None),
            On::Lane(lane) => (None, Some(self.lane(lane))),
        };
        let stuck = Stuck {
            lane: self.lane(lane),
            place: self.place(line, source),
            what: what.to_string(),
            object,
            waits_for,
        };
        self.t.outcome.stuck.push(stuck);
        self
    }

    pub fn fails(mut self, summary: &str) -> Timeline {
        self.t.outcome = Outcome {
            failed: true,
            summary: summary.to_string(),
            stuck: self.t.outcome.stuck,
        };
        self.t
    }

    pub fn passes(mut self, summary: &str) -> Timeline {
        self.t.outcome.summary = summary.to_string();
        self.t
    }
}

/// What a stuck lane waits for.
pub enum On {
    Lock(&'static str, &'static str),
    Object(&'static str),
    Lane(&'static str),
}
