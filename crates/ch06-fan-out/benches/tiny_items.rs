//! What a task costs that has next to nothing to do: ten thousand numbers, squared and added up.
//!
//! Read the ratios; the times belong to the machine.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput};
use futures::stream::{self, StreamExt};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

const ITEMS: u64 = 10_000;
const SUM: u64 = (ITEMS - 1) * ITEMS * (2 * ITEMS - 1) / 6;

fn square(item: u64) -> u64 {
    black_box(item) * item
}

fn in_a_loop() -> u64 {
    (0..ITEMS).map(square).sum()
}

/// Spawns a task for so many items at a time.
async fn tasks(chunk: u64) -> u64 {
    let mut tasks = JoinSet::new();
    let mut first = 0;
    while first < ITEMS {
        let items = first..(first + chunk).min(ITEMS);
        first = items.end;
        tasks.spawn(async move { items.map(square).sum::<u64>() });
    }
    tasks.join_all().await.into_iter().sum()
}

/// No tasks, but a future for each item.
async fn futures() -> u64 {
    let squares = stream::iter(0..ITEMS).map(async |item| square(item));
    let sum = async |sum, item| sum + item;
    squares.buffer_unordered(16).fold(0, sum).await
}

fn one_thread() -> Runtime {
    Builder::new_current_thread().build().expect("a runtime")
}

fn two_threads() -> Runtime {
    let mut runtime = Builder::new_multi_thread();
    runtime.worker_threads(2).build().expect("a runtime")
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    let mut group = criterion.benchmark_group("ten thousand squares");
    group.throughput(Throughput::Elements(ITEMS));
    group.bench_function("a loop", |b| {
        b.iter(|| assert_eq!(black_box(in_a_loop()), SUM));
    });
    let runtimes = [("one thread", one_thread()), ("two threads", two_threads())];
    for (name, runtime) in runtimes {
        group.bench_function(format!("futures in one task, {name}"), |b| {
            b.iter(|| assert_eq!(runtime.block_on(futures()), SUM));
        });
        for chunk in [1, 10, 100, 1_000] {
            let id = BenchmarkId::new(format!("tasks, {name}, items a task"), chunk);
            group.bench_with_input(id, &chunk, |b, &chunk| {
                b.iter(|| assert_eq!(runtime.block_on(tasks(chunk)), SUM));
            });
        }
    }
    group.finish();
    criterion.final_summary();
}
