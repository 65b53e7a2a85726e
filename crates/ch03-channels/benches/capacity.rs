//! What room in a channel is worth: 1,000 messages through channels of several capacities.
//!
//! The consumer adds numbers up, which costs next to nothing, so what is measured is the channel.
//! (With a `sleep` as the consumer's work one measures the timer: a sleep of 1 µs takes 60 to 250.)
//! Read the ratios; the times belong to the machine.

use std::hint::black_box;
use std::sync::mpsc as std_mpsc;
use std::thread;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput};
use crossbeam::channel;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;

const MESSAGES: u64 = 1_000;
const SUM: u64 = MESSAGES * (MESSAGES - 1) / 2;

fn std_threads(capacity: usize) -> u64 {
    let (sender, receiver) = std_mpsc::sync_channel(capacity);
    thread::scope(|scope| {
        scope.spawn(move || (0..MESSAGES).try_for_each(|n| sender.send(n)));
        receiver.iter().sum()
    })
}

fn crossbeam_threads(capacity: usize) -> u64 {
    let (sender, receiver) = channel::bounded(capacity);
    thread::scope(|scope| {
        scope.spawn(move || (0..MESSAGES).try_for_each(|n| sender.send(n)));
        receiver.iter().sum()
    })
}

async fn tasks(capacity: usize) -> u64 {
    let (sender, mut receiver) = mpsc::channel(capacity);
    tokio::spawn(async move {
        for n in 0..MESSAGES {
            if sender.send(n).await.is_err() {
                break;
            }
        }
    });
    let mut sum = 0;
    while let Some(n) = receiver.recv().await {
        sum += n;
    }
    sum
}

/// The same, and whoever receives takes what is there.
async fn tasks_in_batches(capacity: usize) -> u64 {
    let (sender, mut receiver) = mpsc::channel(capacity);
    tokio::spawn(async move {
        for n in 0..MESSAGES {
            if sender.send(n).await.is_err() {
                break;
            }
        }
    });
    let (mut sum, mut batch) = (0, Vec::with_capacity(capacity));
    while receiver.recv_many(&mut batch, capacity).await > 0 {
        sum += batch.drain(..).sum::<u64>();
    }
    sum
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
    let mut group = criterion.benchmark_group("a thousand messages");
    group.throughput(Throughput::Elements(MESSAGES));
    for capacity in [0, 1, 10, 100, 1_000] {
        group.bench_with_input(BenchmarkId::new("std", capacity), &capacity, |b, &n| {
            b.iter(|| assert_eq!(black_box(std_threads(n)), SUM));
        });
        group.bench_with_input(
            BenchmarkId::new("crossbeam", capacity),
            &capacity,
            |b, &n| {
                b.iter(|| assert_eq!(black_box(crossbeam_threads(n)), SUM));
            },
        );
    }
    // tokio has no capacity of 0.
    for capacity in [1, 10, 100, 1_000] {
        let runtime = one_thread();
        let id = BenchmarkId::new("tokio, one thread", capacity);
        group.bench_with_input(id, &capacity, |b, &n| {
            b.iter(|| assert_eq!(runtime.block_on(tasks(n)), SUM));
        });
        let id = BenchmarkId::new("tokio, one thread, in batches", capacity);
        group.bench_with_input(id, &capacity, |b, &n| {
            b.iter(|| assert_eq!(runtime.block_on(tasks_in_batches(n)), SUM));
        });
        let runtime = two_threads();
        let id = BenchmarkId::new("tokio, two threads", capacity);
        group.bench_with_input(id, &capacity, |b, &n| {
            b.iter(|| assert_eq!(runtime.block_on(tasks(n)), SUM));
        });
    }
    group.finish();
    criterion.final_summary();
}
