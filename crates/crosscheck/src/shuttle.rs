//! Runs programs under shuttle.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use shuttle::scheduler::{DfsScheduler, PctScheduler, RandomScheduler, Scheduler};
use shuttle::{Config, FailurePersistence, MaxSteps, Runner};

use crate::quiet::quietly;
use crate::{Broken, Found};

/// More steps than any of the programs needs: after so many it goes round in circles.
const STEPS: usize = 1_000;
/// What PCT takes for the number of places at which a thread must be preempted. No program of the
/// common set needs more.
const DEPTH: usize = 3;

/// Which schedules shuttle tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Any thread, at random.
    Random {
        /// Where the random numbers begin.
        seed: u64,
    },
    /// The thread with the highest priority, and priorities that change at random moments
    /// (Burckhardt et al., *A Randomized Scheduler with Probabilistic Guarantees of Finding
    /// Bugs*, ASPLOS 2010).
    Pct {
        /// Where the random numbers begin.
        seed: u64,
    },
    /// All of them, depth first.
    Dfs,
}

/// Runs a program under up to `runs` schedules, until one breaks it.
pub fn explore(
    strategy: Strategy,
    runs: usize,
    program: impl Fn() + Send + Sync + 'static,
) -> Found {
    match strategy {
        Strategy::Random { seed } => {
            let steps = MaxSteps::FailAfter(STEPS);
            run(
                RandomScheduler::new_from_seed(seed, runs),
                steps,
                runs,
                program,
            )
        }
        Strategy::Pct { seed } => {
            let steps = MaxSteps::FailAfter(STEPS);
            run(
                PctScheduler::new_from_seed(seed, DEPTH, runs),
                steps,
                runs,
                program,
            )
        }
        // Which branch of `select!` comes first is not among what it tries: the same every time.
        // It lets one thread spin for ever before it thinks of another: not a finding.
        Strategy::Dfs => {
            let steps = MaxSteps::ContinueAfter(STEPS);
            run(DfsScheduler::new(Some(runs), true), steps, runs, program)
        }
    }
}

/// The same for a program of tasks.
pub fn explore_tasks<F: Future<Output = ()> + 'static>(
    strategy: Strategy,
    runs: usize,
    program: impl Fn() -> F + Send + Sync + 'static,
) -> Found {
    explore(strategy, runs, move || shuttle::future::block_on(program()))
}

fn run(
    scheduler: impl Scheduler + Send + 'static,
    steps: MaxSteps,
    most: usize,
    program: impl Fn() + Send + Sync + 'static,
) -> Found {
    let mut config = Config::new();
    config.failure_persistence = FailurePersistence::None;
    config.max_steps = steps;
    config.silence_warnings = true;
    config
        .ungraceful_shutdown_config
        .immediately_return_on_panic = true;
    let begun = Arc::new(AtomicU64::new(0));
    let count = begun.clone();
    let start = Instant::now();
    let result = quietly(|| {
        Runner::new(scheduler, config).run(move || {
            count.fetch_add(1, Relaxed);
            program();
        })
    });
    let time = start.elapsed();
    let runs = begun.load(Relaxed);
    // PCT refuses a program in which only one task can ever run: nothing to find there.
    let message = result
        .err()
        .filter(|message| !message.contains("any concurrency"));
    Found {
        broken: message.as_deref().map(kind),
        runs,
        time,
        finished: message.is_none() && runs < most as u64,
        message: message.unwrap_or_default(),
    }
}

fn kind(message: &str) -> Broken {
    if message.starts_with("deadlock") {
        Broken::Deadlock
    } else if message.contains("max_steps") {
        Broken::Endless
    } else {
        Broken::Panic
    }
}
