//! Runs programs under the explorer.

use std::time::Instant;

use explore::{FailureKind, Verdict};
use timeline::Coverage;

use crate::{Broken, Found};

/// Runs a program of threads under every schedule with up to `bound` preemptions, until one
/// breaks it.
pub fn threads(bound: u32, program: impl Fn() + Send + Sync + 'static) -> Found {
    let start = Instant::now();
    let verdict = explore::threads().bound(bound).explore(program);
    found(&verdict, start)
}

/// Runs a program of tasks under every order with up to `bound` departures from that of tokio,
/// until one breaks it.
pub fn tasks<F: Future<Output = ()> + 'static>(
    bound: u32,
    program: impl Fn() -> F + Send + Sync + 'static,
) -> Found {
    let start = Instant::now();
    let verdict = explore::tasks().bound(bound).explore(program);
    found(&verdict, start)
}

fn found(verdict: &Verdict, start: Instant) -> Found {
    let failure = verdict.failure();
    Found {
        broken: failure.map(|failure| kind(failure.kind)),
        runs: verdict.schedules(),
        time: start.elapsed(),
        finished: failure.is_none() && !matches!(verdict.coverage(), Coverage::Exhausted { .. }),
        message: failure.map_or_else(String::new, |failure| failure.message.clone()),
    }
}

/// # Panics
/// If the explorer cannot follow the program: all of the common set must be followed.
fn kind(kind: FailureKind) -> Broken {
    match kind {
        FailureKind::Panicked | FailureKind::LostPanic => Broken::Panic,
        FailureKind::Deadlock | FailureKind::LeftBehind => Broken::Deadlock,
        FailureKind::Livelock | FailureKind::TooLong => Broken::Endless,
        other => panic!("a program of the common set is {other}"),
    }
}
