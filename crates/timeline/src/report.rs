//! What a trial reports to whoever started it: the verdict on one property, as one JSON document.

use serde::{Deserialize, Serialize};

use crate::{Graph, Timeline};

/// The version of every JSON document that the workshop writes.
pub const SCHEMA: u32 = 1;

/// The world that a property was tried in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum World {
    /// Async code on the explorer's own executor, with a virtual clock.
    Tasks,
    /// Threads under the explorer's scheduler.
    Threads,
    /// The ordinary runtime and operating system.
    Real,
}

/// How much of what could happen was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Coverage {
    /// Every schedule there is.
    Everything,
    /// Every schedule with at most this many departures from the default order.
    UpTo {
        /// Preemptions (and stale reads) in the world of threads, other orders in that of tasks.
        bound: u32,
    },
    /// The budget ran out while schedules with this many departures were tried.
    Exhausted {
        /// The number of departures that was being tried.
        bound: u32,
    },
    /// One run in the real world: it says nothing of others.
    OneRun,
}

/// What became of one property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The version of this document: [`SCHEMA`].
    pub schema: u32,
    /// The word that the runner gave to this run; a report without it is not believed.
    pub nonce: String,
    /// Where the property was tried.
    pub world: World,
    /// Whether it held.
    pub verdict: Verdict,
    /// How many schedules were run.
    pub schedules: u64,
    /// How much of what could happen they cover.
    pub coverage: Coverage,
    /// The coverage, or what broke, as sentences for a person.
    pub message: String,
    /// Replays the failing schedule; nothing where no schedule failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The simplest failing schedule, or an ordinary one where all passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeline: Option<Timeline>,
    /// Every schedule of the program, where the runner asked for it and it has few enough states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graph: Option<Graph>,
}

/// Whether a property held in a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// In every schedule that was tried.
    Passed,
    /// There is a schedule that breaks it.
    Failed,
    /// The program does something that the world cannot follow.
    NotGradable,
}
