//! Runs one program under every explorer, and holds what they say against the table.

use std::time::Duration;

use crate::expected::{Expected, Says};
use crate::shuttle::Strategy;
use crate::{Broken, Found, loom, shuttle};

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

/// What is wrong with what shuttle finds, if anything is.
pub fn with_shuttle(expected: &Expected, program: fn()) -> Vec<String> {
    with_shuttles(expected, |strategy| {
        shuttle::explore(strategy, RUNS, program)
    })
}

/// The same, for a program that is not a plain function.
pub fn with_shuttles(expected: &Expected, explore: impl Fn(Strategy) -> Found) -> Vec<String> {
    let Some(broken) = expected.shuttle.expected(expected.broken) else {
        return Vec::new();
    };
    let random = explore(Strategy::Random { seed: SEED });
    let pct = explore(Strategy::Pct { seed: SEED });
    let dfs = explore(Strategy::Dfs);
    let mut wrong = Vec::new();
    // Random schedules find everything that is there; the others may miss it, but must not find
    // what is not.
    if random.broken != broken {
        wrong.push(format!(
            "{}: random schedules find {random:?}",
            expected.name
        ));
    }
    for (name, found) in [("PCT", pct), ("DFS", dfs)] {
        let missed = broken.is_some_and(|kind| name == "DFS" && found.finished && spins_not(kind));
        if found.broken.is_some() && found.broken != broken || found.broken.is_none() && missed {
            wrong.push(format!("{}: {name} finds {found:?}", expected.name));
        }
    }
    wrong
}

/// DFS cuts off what goes round in circles, and does not tell.
fn spins_not(kind: Broken) -> bool {
    kind != Broken::Endless
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
