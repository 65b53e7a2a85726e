//! How long each explorer takes to find a bug, for a few typical ones.
//!
//! `cargo run --release --example table` has all of them, and the number of runs.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkGroup, Criterion, measurement::WallTime};
use crosscheck::shuttle::Strategy;
use crosscheck::{loom, ours, shuttle, tasks, threads};

const THREADS: &[&str] = &[
    "lost_update_2",
    "opposite_locks",
    "three_philosophers",
    "lost_wakeup",
    "if_instead_of_while",
    "one_condvar_for_two_sorts",
];
const TASKS: &[&str] = &[
    "tasks_with_opposite_locks",
    "order_of_two_senders",
    "second_half_is_lost",
];
/// Enough for every program of these lists, whatever the strategy.
const RUNS: usize = 10_000;
const BOUND: u32 = 2;
const LIMIT: Duration = Duration::from_secs(20);

type Group<'a> = BenchmarkGroup<'a, WallTime>;

fn with_seeds(group: &mut Group<'_>, explore: impl Fn(Strategy) -> crosscheck::Found) {
    // Another seed for each run: the mean over seeds is what random schedules cost.
    let mut seed = 0;
    let mut next = || {
        seed += 1;
        seed
    };
    group.bench_function("random", |b| {
        b.iter(|| black_box(explore(Strategy::Random { seed: next() })));
    });
    group.bench_function("pct", |b| {
        b.iter(|| black_box(explore(Strategy::Pct { seed: next() })));
    });
    group.bench_function("dfs", |b| b.iter(|| black_box(explore(Strategy::Dfs))));
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(400))
        .configure_from_args();
    let wanted = threads::programs().into_iter();
    for program in wanted.filter(|p| THREADS.contains(&p.expected.name)) {
        let mut group = criterion.benchmark_group(program.expected.name);
        group.bench_function("ours", |b| {
            b.iter(|| black_box(ours::threads(BOUND, program.ours)));
        });
        with_seeds(&mut group, |strategy| {
            shuttle::explore(strategy, RUNS, program.shuttle)
        });
        if let Some(theirs) = program.loom {
            group.bench_function("loom", |b| {
                b.iter(|| black_box(loom::explore(Some(BOUND as usize), LIMIT, theirs)));
            });
        }
        group.finish();
    }
    let wanted = tasks::programs().into_iter();
    for program in wanted.filter(|p| TASKS.contains(&p.expected.name)) {
        let mut group = criterion.benchmark_group(program.expected.name);
        group.bench_function("ours", |b| {
            b.iter(|| black_box(ours::tasks(BOUND, program.ours)));
        });
        if let Some(theirs) = program.shuttle {
            with_seeds(&mut group, |strategy| {
                shuttle::explore_tasks(strategy, RUNS, theirs)
            });
        }
        group.finish();
    }
    criterion.final_summary();
}
