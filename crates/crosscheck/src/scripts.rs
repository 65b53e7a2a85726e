//! Which outcomes of a random script an explorer finds.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use scripts::{Outcome, Script, Step};

use crate::shuttle::Strategy;
use crate::{Broken, Found, shuttle};

/// More departures than any script has decisions.
const ALL: u32 = 100;
/// Every condition can be woken without a reason as often as there are departures, so scripts
/// that wait for one get no more than they need to be preempted at each step.
const ENOUGH: u32 = 5;
/// Scripts that take shuttle longer are left out.
const RUNS: usize = 20_000;

/// All that was seen of one script. After a deadlock an explorer stops, so the outcomes are some
/// of those that there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcomes {
    /// What the threads observed.
    pub ends: BTreeSet<Outcome>,
    /// Whether a schedule ends in a deadlock.
    pub deadlock: bool,
}

/// What the explorer finds, without a bound.
///
/// # Panics
/// If it does not get to the end.
pub fn ours(script: &Script) -> Outcomes {
    let mut steps = script.threads.iter().flatten();
    let bound = match steps.any(|step| matches!(step, Step::Take(_))) {
        true => ENOUGH,
        false => ALL,
    };
    let found = collect(script, programs_ours::script::run, |run| {
        crate::ours::threads(bound, run)
    });
    found.unwrap_or_else(|| panic!("{script:?} has too many schedules"))
}

/// What shuttle finds, depth first; nothing if that is too much.
pub fn depth_first(script: &Script) -> Option<Outcomes> {
    collect(script, programs_shuttle::script::run, |run| {
        shuttle::explore(Strategy::Dfs, RUNS, run)
    })
}

fn collect(
    script: &Script,
    run: fn(&Script) -> Outcome,
    explore: impl FnOnce(Box<dyn Fn() + Send + Sync>) -> Found,
) -> Option<Outcomes> {
    let ends = Arc::new(Mutex::new(BTreeSet::new()));
    let (seen, played) = (ends.clone(), script.clone());
    let found = explore(Box::new(move || {
        let outcome = run(&played);
        seen.lock().expect("nobody panics").insert(outcome);
    }));
    let deadlock = match found.broken {
        None if !found.finished => return None,
        None => false,
        Some(Broken::Deadlock) => true,
        Some(_) => panic!("{script:?}: {}", found.message),
    };
    let ends = std::mem::take(&mut *ends.lock().expect("nobody panics"));
    Some(Outcomes { ends, deadlock })
}
