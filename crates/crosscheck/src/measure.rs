//! What it costs each explorer to find a bug, or to be sure that there is none.

use std::fmt;
use std::time::Duration;

use crate::expected::{Expected, Says};
use crate::shuttle::Strategy;
use crate::{Broken, Found, loom, ours, shuttle, tasks, threads};

/// What the explorer and loom may spend on one run: preemptions, or departures from tokio's order.
const BOUND: u32 = 2;
/// After so many runs shuttle is given up.
const RUNS: usize = 10_000;
/// How often each explorer is timed, random strategies each time with another seed. Odd, so that
/// there is a median.
const TIMES: u64 = 9;
/// What takes longer than this is timed twice only.
const SLOW: Duration = Duration::from_millis(50);
/// After so long loom is given up.
const LIMIT: Duration = Duration::from_secs(20);

/// The cost for one explorer and one program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// After so many runs and so much time it was found, or proved not to be there.
    Done {
        /// Runs of the program.
        runs: u64,
        /// Wall time.
        time: Duration,
    },
    /// The median run says that nothing is wrong, and something is.
    Missed,
    /// Something is found that is not there.
    FalseAlarm,
    /// Nothing was found before the explorer was given up.
    NotFound,
    /// Nothing is there, but the explorer was given up before it could say so.
    NotFinished,
    /// The explorer cannot express the program.
    None,
}

/// One program, beside each other.
#[derive(Clone, Debug)]
pub struct Row {
    /// The program.
    pub name: &'static str,
    /// What it must come to.
    pub broken: Option<Broken>,
    /// The explorer; shuttle at random, by PCT, depth first; loom.
    pub costs: [Cost; 5],
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cost::Done { runs, time } => {
                let micros = time.as_micros();
                write!(f, "{} / {}", grouped(u128::from(*runs)), grouped(micros))
            }
            Cost::Missed => f.write_str("missed"),
            Cost::FalseAlarm => f.write_str("false alarm"),
            Cost::NotFound => f.write_str("not found"),
            Cost::NotFinished => f.write_str("not finished"),
            Cost::None => f.write_str("–"),
        }
    }
}

/// Measures a program of threads under every explorer.
pub fn threads(program: &threads::Program) -> Row {
    let by_shuttle = |strategy| shuttle::explore(strategy, RUNS, program.shuttle);
    let by_loom = |program| loom::explore(Some(BOUND as usize), LIMIT, program);
    Row {
        name: program.expected.name,
        broken: program.expected.broken,
        costs: costs(
            &program.expected,
            || ours::threads(BOUND, program.ours),
            Some(&by_shuttle),
            program.loom.map(|program| move || by_loom(program)),
        ),
    }
}

/// Measures a program of tasks under every explorer that knows tasks.
pub fn tasks(program: &tasks::Program) -> Row {
    let by_shuttle = program
        .shuttle
        .map(|program| move |strategy| shuttle::explore_tasks(strategy, RUNS, program));
    Row {
        name: program.expected.name,
        broken: program.expected.broken,
        costs: costs(
            &program.expected,
            || ours::tasks(BOUND, program.ours),
            by_shuttle.as_ref().map(|f| f as &dyn Fn(Strategy) -> Found),
            None::<fn() -> Found>,
        ),
    }
}

fn costs(
    expected: &Expected,
    ours: impl Fn() -> Found,
    shuttle: Option<&dyn Fn(Strategy) -> Found>,
    loom: Option<impl Fn() -> Found>,
) -> [Cost; 5] {
    let loom = loom.filter(|_| !matches!(expected.loom, Says::Nothing(_)));
    let broken = expected.broken;
    let strategy = |strategy: fn(u64) -> Strategy| {
        shuttle.map_or(Cost::None, |explore| {
            median(broken, |time| explore(strategy(time)))
        })
    };
    [
        median(broken, |_| ours()),
        strategy(|seed| Strategy::Random { seed }),
        strategy(|seed| Strategy::Pct { seed }),
        strategy(|_| Strategy::Dfs),
        loom.map_or(Cost::None, |explore| median(broken, |_| explore())),
    ]
}

/// The median of the runs of several times, and the shortest time in which so many were made: the
/// longer ones measure what else the machine did. One that does not get there counts as longer
/// than all that do.
fn median(broken: Option<Broken>, explore: impl Fn(u64) -> Found) -> Cost {
    let mut costs = Vec::new();
    for time in 1..=TIMES {
        let found = explore(time);
        costs.push(cost(broken, &found));
        // Another seed may find what this one has not, but nothing changes a proof.
        if time > 1 && found.time > SLOW && (broken.is_none() || found.broken.is_some()) {
            break;
        }
    }
    costs.sort_by_key(|cost| match cost {
        Cost::Done { runs, time } => (*runs, *time),
        _ => (u64::MAX, Duration::MAX),
    });
    let runs = |cost: &Cost| match cost {
        Cost::Done { runs, .. } => Some(*runs),
        _ => None,
    };
    let median = costs[costs.len() / 2];
    let shortest = costs.iter().find(|cost| runs(cost) == runs(&median));
    *shortest.unwrap_or(&median)
}

fn cost(broken: Option<Broken>, found: &Found) -> Cost {
    let Found { runs, time, .. } = *found;
    match (broken, found.broken) {
        (Some(_), Some(_)) => Cost::Done { runs, time },
        (None, Some(_)) => Cost::FalseAlarm,
        (Some(_), None) if found.finished => Cost::Missed,
        (Some(_), None) => Cost::NotFound,
        (None, None) if found.finished => Cost::Done { runs, time },
        (None, None) => Cost::NotFinished,
    }
}

fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let (head, tail) = digits.split_at(first);
    let groups = tail.as_bytes().chunks(3);
    let groups = groups.map(|group| String::from_utf8_lossy(group).into_owned());
    let head = (!head.is_empty()).then(|| head.to_owned());
    head.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}
