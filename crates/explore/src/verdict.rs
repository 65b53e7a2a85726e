//! What a world found out about a program.

use std::fmt;

use timeline::{Coverage, Graph, Timeline};

use crate::words::thousands;

/// Why a schedule breaks a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// A panic reached the end of `main`: an assertion does not hold, an `unwrap` failed.
    Panicked,
    /// Nobody can go on, and `main` is not over.
    Deadlock,
    /// `main` is over, and a thread or task is left that can never end, or was not waited for.
    LeftBehind,
    /// A thread or task panicked, and nobody asked how it ended.
    LostPanic,
    /// Somebody goes round in circles and waits for what nobody will do.
    Livelock,
    /// The run is longer than a run may be.
    TooLong,
    /// A task blocks the thread that all tasks run on.
    BlocksRuntime,
    /// The program does something that the world cannot follow.
    NotGradable,
}

impl FailureKind {
    /// Whether lanes that stand still are what is wrong, so that a picture should show them.
    pub(crate) fn leaves_lanes_standing(self) -> bool {
        use FailureKind::{BlocksRuntime, Deadlock, LeftBehind, Livelock};
        matches!(self, Deadlock | LeftBehind | Livelock | BlocksRuntime)
    }
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FailureKind::Panicked => "panic",
            FailureKind::Deadlock => "deadlock",
            FailureKind::LeftBehind => "left behind",
            FailureKind::LostPanic => "lost panic",
            FailureKind::Livelock => "livelock",
            FailureKind::TooLong => "too long",
            FailureKind::BlocksRuntime => "blocks the whole runtime",
            FailureKind::NotGradable => "cannot be followed",
        })
    }
}

/// A way in which a program breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What sort of failure it is.
    pub kind: FailureKind,
    /// What happened, in one sentence.
    pub message: String,
}

/// What became of a program in a world.
#[derive(Clone, Debug)]
#[must_use = "a verdict says whether the program holds"]
pub struct Verdict {
    pub(crate) world: timeline::World,
    pub(crate) weak_memory: bool,
    pub(crate) failure: Option<Failure>,
    pub(crate) schedules: u64,
    pub(crate) coverage: Coverage,
    pub(crate) timeline: Timeline,
    pub(crate) token: Option<String>,
    /// Where the runner asked for it.
    pub(crate) graph: Option<Graph>,
}

impl Verdict {
    /// Whether every schedule that was run is fine.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.failure.is_none()
    }

    /// How the program breaks.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// Whether it breaks only because a load may read an old value: it holds in every
    /// interleaving, and needs `Release` and `Acquire`.
    #[must_use]
    pub fn needs_memory_model(&self) -> bool {
        self.weak_memory && self.failure.is_some()
    }

    /// The simplest failing schedule, or an ordinary one where all passed.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// How many schedules were run.
    #[must_use]
    pub fn schedules(&self) -> u64 {
        self.schedules
    }

    /// How much of what could happen was tried.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        self.coverage
    }

    /// Repeats the failing schedule.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The coverage in words: `ran 1,950 schedules: they stand for every one with up to 2
    /// preemptions`.
    #[must_use]
    pub fn covered(&self) -> String {
        let schedules = match self.schedules {
            1 => "ran 1 schedule".to_owned(),
            n => format!("ran {} schedules", thousands(n)),
        };
        let (one, many) = match self.world {
            timeline::World::Tasks => (
                "departure from tokio's order",
                "departures from tokio's order",
            ),
            _ if self.weak_memory => ("preemption or stale read", "preemptions or stale reads"),
            _ => ("preemption", "preemptions"),
        };
        let noun = |bound: u32| if bound == 1 { one } else { many };
        // Many schedules lead to the same states; one of each is run.
        let every = match self.coverage {
            Coverage::Everything => match self.schedules {
                1 => "there is no other".to_owned(),
                _ => "they stand for every one there is".to_owned(),
            },
            Coverage::UpTo { bound } => {
                format!(
                    "they stand for every one with up to {bound} {}",
                    noun(bound)
                )
            }
            Coverage::Exhausted { bound } => {
                format!(
                    "the budget ran out among those with {bound} {}",
                    noun(bound)
                )
            }
            Coverage::OneRun => return "ran once, in real time".to_owned(),
        };
        match &self.failure {
            Some(_) => format!("found in schedule {}", thousands(self.schedules)),
            None if self.weak_memory => format!("{schedules}, stale reads included: {every}"),
            None => format!("{schedules}: {every}"),
        }
    }

    /// Asserts that the program breaks in this way.
    ///
    /// # Panics
    /// With the whole verdict, if it passes or breaks in another way.
    #[track_caller]
    pub fn expect_failure(&self, kind: FailureKind) {
        let found = self.failure.as_ref().map(|failure| failure.kind);
        assert!(found == Some(kind), "expected this failure: {kind}\n{self}");
    }

    /// Asserts that the program holds.
    ///
    /// # Panics
    /// With the whole verdict, if it breaks.
    #[track_caller]
    pub fn expect_pass(&self) {
        assert!(self.passed(), "expected no failure\n{self}");
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.failure {
            Some(failure) => writeln!(f, "failed: {}: {}", failure.kind, failure.message)?,
            None => writeln!(f, "passed")?,
        }
        writeln!(f, "{}", self.covered())?;
        if self.needs_memory_model() {
            writeln!(
                f,
                "only under the memory model: it needs Release and Acquire (or SeqCst)"
            )?;
        }
        write!(f, "\n{}", self.timeline)
    }
}
