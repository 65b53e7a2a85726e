//! The data: what an explorer writes down and a renderer reads.

use serde::{Deserialize, Serialize};

/// One schedule, from the first step to the end.
///
/// Lanes and objects are referred to by their index, and steps stand in the order in which
/// they happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// One line that says what this schedule shows.
    pub title: String,
    /// The threads or tasks, in the order in which they were spawned. Lane 0 is `main`.
    pub lanes: Vec<Lane>,
    /// What the lanes share: locks, atomics, channels.
    pub objects: Vec<Object>,
    /// What happened, in order.
    pub steps: Vec<Step>,
    /// How it ended.
    pub outcome: Outcome,
}

/// A thread or a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    /// `main`, `T1`, `T2`, or the name that the program gave it.
    pub name: String,
    /// Where it was spawned; nothing for `main`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spawned: Option<Place>,
}

/// Something that lanes share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// The program's own name for it where the source shows one, such as `balance`.
    pub name: String,
    /// The type a reader knows: `Mutex`, `AtomicU64`, `channel`.
    pub kind: String,
    /// The value before the first step, for objects whose value can be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initial: Option<String>,
}

/// A line of the program.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file, relative to the root of the workshop, with `/` between its parts.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// The text of that line without its indentation; empty where the file could not be read.
    pub source: String,
}

/// One visible operation of one lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Who did it: an index into [`Timeline::lanes`].
    pub lane: usize,
    /// Where it stands in the program; nothing where no line can be named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What happened, as a short clause without a subject: `locks alice`, `reads hits = 0`.
    pub what: String,
    /// What it did to the shared objects, for bars, values and marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Effect>,
    /// The virtual clock in nanoseconds, in worlds that have one and once it has moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<u64>,
}

/// What a step did to a shared object.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// From here on the lane holds the object (a lock, a permit).
    Holds {
        /// An index into [`Timeline::objects`].
        object: usize,
    },
    /// The lane has given the object back.
    Frees {
        /// An index into [`Timeline::objects`].
        object: usize,
    },
    /// The lane read a value.
    Sees {
        /// An index into [`Timeline::objects`].
        object: usize,
        /// What it read.
        value: String,
        /// The newest value, where the memory model let the lane read an older one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        newest: Option<String>,
    },
    /// The object has this value after the step.
    Sets {
        /// An index into [`Timeline::objects`].
        object: usize,
        /// The new value.
        value: String,
    },
    /// The step touched the object in another way: it sent, received, notified.
    Uses {
        /// An index into [`Timeline::objects`].
        object: usize,
    },
    /// Another lane begins here.
    Spawns {
        /// An index into [`Timeline::lanes`].
        lane: usize,
    },
    /// The lane blocked at an earlier step goes on, because of this step.
    Wakes {
        /// An index into [`Timeline::lanes`].
        lane: usize,
    },
    /// The step had no effect although the program counts on one: a notification that nobody
    /// heard, a message that nobody will read.
    Lost,
    /// The step breaks the program: it panics, or blocks the whole runtime. A failed schedule
    /// without one, and without a stuck lane, is broken by its last step.
    Fails,
    /// The lane is over.
    Ends,
}

impl Effect {
    /// The object that it is about, to give it another number.
    pub fn object_mut(&mut self) -> Option<&mut usize> {
        match self {
            Effect::Holds { object }
            | Effect::Frees { object }
            | Effect::Sees { object, .. }
            | Effect::Sets { object, .. }
            | Effect::Uses { object } => Some(object),
            Effect::Spawns { .. }
            | Effect::Wakes { .. }
            | Effect::Lost
            | Effect::Fails
            | Effect::Ends => None,
        }
    }
}

/// How a schedule ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Whether the schedule breaks the program.
    pub failed: bool,
    /// The end in one sentence: `deadlock: main and T1 wait for each other`.
    pub summary: String,
    /// The lanes that can never go on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stuck: Vec<Stuck>,
}

/// A lane that can never go on, and what it waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stuck {
    /// An index into [`Timeline::lanes`].
    pub lane: usize,
    /// The line where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What it waits for: `waits for lock bob (held by T2 since line 16)`.
    pub what: String,
    /// The object it waits for: an index into [`Timeline::objects`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<usize>,
    /// The lane that would have to act: an index into [`Timeline::lanes`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<usize>,
}
