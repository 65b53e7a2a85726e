//! Runs one program under every explorer, and holds what they say against the table.

use std::time::Duration;

use programs_ours::tasks::Main;

use crate::expected::{Expected, Says};
use crate::shuttle::Strategy;
use crate::{Found, loom, shuttle};

/// Preemptions that the explorer and loom may spend.
pub const BOUND: u32 = 2;
/// Runs of each strategy of shuttle. Every bug of the common set falls to random schedules in
/// fewer than a hundred.
const RUNS: usize = 3_000;
const SEED: u64 = 2026;
/// Enough for loom to finish every program.
const LIMIT: Duration = Duration::from_secs(60);

/// What is wrong with what the explorer found, if anything is.
pub fn with_ours(expected: &Expected, found: &Found) -> Option<String> {
    let through = found.broken.is_some() || found.finished;
    let wrong = found.broken != expected.broken || !through;
    wrong.then(|| format!("{}: we find {found:?}", expected.name))
}

/// What is wrong with what shuttle finds of a program of threads, if anything is.
pub fn with_shuttle(expected: &Expected, program: fn()) -> Vec<String> {
    with_strategies(expected, |strategy| {
        shuttle::explore(strategy, RUNS, program)
    })
}

/// What is wrong with what shuttle finds of a program of tasks, if anything is.
pub fn tasks_with_shuttle(expected: &Expected, program: Option<fn() -> Main>) -> Vec<String> {
    match (expected.shuttle, program) {
        (Says::Nothing(_), None) => Vec::new(),
        (_, None) => vec![format!("{}: shuttle has no such program", expected.name)],
        (_, Some(program)) => with_strategies(expected, |strategy| {
            shuttle::explore_tasks(strategy, RUNS, program)
        }),
    }
}

fn with_strategies(expected: &Expected, explore: impl Fn(Strategy) -> Found) -> Vec<String> {
    let Some(broken) = expected.shuttle.expected(expected.broken) else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    // Random schedules find everything that is there; the others may miss it, but must not find
    // what is not.
    let random = explore(Strategy::Random { seed: SEED });
    if random.broken != broken {
        wrong.push(format!("{}: at random: {random:?}", expected.name));
    }
    for strategy in [Strategy::Pct { seed: SEED }, Strategy::Dfs] {
        let found = explore(strategy);
        if found.broken.is_some() && found.broken != broken {
            wrong.push(format!("{}: {strategy:?}: {found:?}", expected.name));
        }
    }
    wrong
}

/// What is wrong with what loom finds, if anything is.
pub fn with_loom(expected: &Expected, program: Option<fn()>) -> Option<String> {
    let broken = match (expected.loom, program) {
        (Says::Nothing(_), _) => return None,
        (says, _) => says.expected(expected.broken)?,
    };
    let Some(program) = program else {
        return Some(format!("{}: loom has no such program", expected.name));
    };
    let found = loom::explore(Some(BOUND as usize), LIMIT, program);
    let through = found.broken.is_some() || found.finished;
    let wrong = found.broken != broken || !through;
    wrong.then(|| format!("{}: loom finds {found:?}", expected.name))
}
