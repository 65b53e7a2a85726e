//! How many workers a pool wants: jobs that compute, jobs that mostly wait, and very short ones.
//!
//! What a job computes is counted out once, in steps, so that a worker which shares its core takes
//! longer for it. Read where the throughput stops growing; the times belong to the machine.

use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use crossbeam::channel;

/// Jobs of one sort.
struct Sort {
    name: &'static str,
    jobs: u64,
    compute: Duration,
    wait: Duration,
}

const SORTS: [Sort; 3] = [
    Sort {
        name: "20 ms of computing",
        jobs: 20,
        compute: Duration::from_millis(20),
        wait: Duration::ZERO,
    },
    Sort {
        name: "0.5 ms of computing, 4.5 ms of waiting",
        jobs: 400,
        compute: Duration::from_micros(500),
        wait: Duration::from_micros(4_500),
    },
    Sort {
        name: "5 µs of computing",
        jobs: 10_000,
        compute: Duration::from_micros(5),
        wait: Duration::ZERO,
    },
];

fn compute(steps: u64) -> u64 {
    (0..steps).fold(1, |x, step| black_box(x).rotate_left(7) ^ step)
}

/// How many steps are done in a second, when nobody else computes.
fn steps_a_second() -> f64 {
    const STEPS: u64 = 20_000_000;
    let start = Instant::now();
    black_box(compute(STEPS));
    STEPS as f64 / start.elapsed().as_secs_f64()
}

/// Has so many jobs done by so many workers.
fn run(workers: usize, jobs: u64, steps: u64, wait: Duration) {
    let (handing, queue) = channel::bounded(64);
    thread::scope(|scope| {
        for _ in 0..workers {
            let queue = queue.clone();
            scope.spawn(move || {
                for job in queue {
                    black_box(compute(steps + job % 2));
                    if !wait.is_zero() {
                        thread::sleep(wait);
                    }
                }
            });
        }
        for job in 0..jobs {
            handing.send(job).expect("the workers are there");
        }
        drop(handing);
    });
}

fn main() {
    let speed = steps_a_second();
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    for sort in SORTS {
        let steps = (speed * sort.compute.as_secs_f64()) as u64;
        let mut group = criterion.benchmark_group(sort.name);
        group.throughput(Throughput::Elements(sort.jobs));
        for workers in [1, 2, 4, 8, 20, 80] {
            let id = BenchmarkId::new("workers", workers);
            group.bench_with_input(id, &workers, |b, &workers| {
                b.iter(|| run(workers, sort.jobs, steps, sort.wait));
            });
        }
        group.finish();
    }
    criterion.final_summary();
}
