//! Which outcomes of a litmus test an explorer finds.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use litmus::{Outcome, Program};

/// More departures than any litmus test has decisions: every schedule and every stale read.
const ALL: u32 = 100;
/// Enough for loom to finish every test of the table.
const LIMIT: Duration = Duration::from_secs(60);

/// The outcomes that the explorer finds, without a bound.
///
/// # Panics
/// If it finds a failure, or does not get to the end.
pub fn ours(program: &Program) -> BTreeSet<Outcome> {
    collect(program, programs_ours::litmus::run, |run| {
        let verdict = explore::threads()
            .bound(ALL)
            .schedules(500_000)
            .explore(run);
        verdict.expect_pass();
        let coverage = verdict.coverage();
        assert_eq!(coverage, timeline::Coverage::Everything, "{program:?}");
    })
}

/// The outcomes that loom finds with up to `bound` preemptions.
///
/// # Panics
/// If it finds a failure, or does not get to the end.
pub fn loom(bound: Option<usize>, program: &Program) -> BTreeSet<Outcome> {
    collect(program, programs_loom::litmus::run, |run| {
        let found = crate::loom::explore(bound, LIMIT, run);
        assert!(found.finished, "{program:?}: {}", found.message);
    })
}

fn collect(
    program: &Program,
    run: fn(&Program) -> Outcome,
    explore: impl FnOnce(Box<dyn Fn() + Send + Sync>),
) -> BTreeSet<Outcome> {
    let outcomes = Arc::new(Mutex::new(BTreeSet::new()));
    let (found, program) = (outcomes.clone(), program.clone());
    explore(Box::new(move || {
        let outcome = run(&program);
        found.lock().expect("nobody panics").insert(outcome);
    }));
    let mut outcomes = outcomes.lock().expect("nobody panics");
    std::mem::take(&mut *outcomes)
}
