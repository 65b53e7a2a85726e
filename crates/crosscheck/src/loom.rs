//! Runs programs under loom.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use crate::quiet::quietly;
use crate::{Broken, Found};

/// After so many decisions a run goes round in circles.
const BRANCHES: usize = 2_000;
/// More runs than any program of the common set needs.
const RUNS: usize = 500_000;
/// loom looks at its limits after so many runs.
const LOOK: usize = 1_000;

/// Runs a program under every schedule with up to `bound` preemptions (all of them without one),
/// for at most `limit`, until one breaks it.
pub fn explore(
    bound: Option<usize>,
    limit: Duration,
    program: impl Fn() + Send + Sync + 'static,
) -> Found {
    let mut model = loom::model::Builder::new();
    // `Builder::new` listens to LOOM_* variables. Every field is set, so none of them counts.
    model.max_threads = 5;
    model.max_branches = BRANCHES;
    model.max_permutations = Some(RUNS);
    model.max_duration = Some(limit);
    model.preemption_bound = bound;
    model.checkpoint_file = None;
    model.checkpoint_interval = LOOK;
    model.expect_explicit_explore = false;
    model.location = false;
    model.log = false;
    let begun = Arc::new(AtomicU64::new(0));
    let count = begun.clone();
    let start = Instant::now();
    let result = quietly(|| {
        model.check(move || {
            count.fetch_add(1, Relaxed);
            program();
        });
    });
    let time = start.elapsed();
    let runs = begun.load(Relaxed);
    let message = result.err();
    Found {
        broken: message.as_deref().map(kind),
        runs,
        time,
        finished: message.is_none() && time < limit && runs < RUNS as u64,
        message: message.unwrap_or_default(),
    }
}

fn kind(message: &str) -> Broken {
    if message.starts_with("deadlock") {
        Broken::Deadlock
    } else if message.contains("maximum number of branches") {
        Broken::Endless
    } else {
        Broken::Panic
    }
}
