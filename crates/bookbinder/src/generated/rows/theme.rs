//! The themes under which the errata stand on their page.

/// What somebody builds who would run into an erratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// Starting work: goroutines, threads, tasks.
    Tasks,
    /// Waiting for work to end.
    Joining,
    /// Channels.
    Channels,
    /// `select`.
    Select,
    /// Worker pools, fan-out and fan-in.
    Pools,
    /// Pipelines.
    Pipelines,
    /// Contexts, timeouts.
    Cancellation,
    /// Rate limits, retries, circuit breakers.
    Limits,
    /// Generators and iterators.
    Generators,
    /// Shared data: locks, caches, atomics.
    State,
    /// Deadlocks.
    Deadlocks,
    /// Graceful shutdown.
    Shutdown,
    /// How many, how large, how dear.
    Sizing,
    /// Tests, benchmarks, debugging tools.
    Tests,
    /// What does not compile, is out of date, or contradicts itself.
    Compile,
}

impl Theme {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 15] = [
        Self::Tasks,
        Self::Joining,
        Self::Channels,
        Self::Select,
        Self::Pools,
        Self::Pipelines,
        Self::Cancellation,
        Self::Shutdown,
        Self::Limits,
        Self::Generators,
        Self::State,
        Self::Deadlocks,
        Self::Sizing,
        Self::Tests,
        Self::Compile,
    ];

    /// Its name in `book/rows/errata-*.toml`, and its anchor.
    pub fn key(self) -> &'static str {
        match self {
            Self::Tasks => "tasks",
            Self::Joining => "joining",
            Self::Channels => "channels",
            Self::Select => "select",
            Self::Pools => "pools",
            Self::Pipelines => "pipelines",
            Self::Cancellation => "cancellation",
            Self::Limits => "limits",
            Self::Generators => "generators",
            Self::State => "state",
            Self::Deadlocks => "deadlocks",
            Self::Shutdown => "shutdown",
            Self::Sizing => "sizing",
            Self::Tests => "tests",
            Self::Compile => "compile",
        }
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Tasks => "Goroutines, threads and tasks",
            Self::Joining => "Waiting for work to end",
            Self::Channels => "Channels",
            Self::Select => "Select",
            Self::Pools => "Worker pools, fan-out and fan-in",
            Self::Pipelines => "Pipelines",
            Self::Cancellation => "Cancellation and timeouts",
            Self::Limits => "Rate limits, retries and circuit breakers",
            Self::Generators => "Generators",
            Self::State => "Shared data, locks and caches",
            Self::Deadlocks => "Deadlocks",
            Self::Shutdown => "Shutting down",
            Self::Sizing => "How many, how large, how dear",
            Self::Tests => "Tests, benchmarks and debugging tools",
            Self::Compile => "Does not compile, is out of date, contradicts itself",
        }
    }

    /// The theme with this name.
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.key() == key)
    }
}
