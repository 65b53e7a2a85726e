//! States that the explorer takes for one are one.
//!
//! Random programs over all that waits and wakes are run twice within each bound: with states
//! recognised, and with every schedule run to its end. Both must find the same outcomes. What an operation tells the
//! explorer about what it saw and changed is put to the test here: if it tells too little, two
//! different states look the same and outcomes are missing.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex as RealMutex};
use std::time::Duration;

use model_std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use model_std::sync::{Condvar, Mutex, Once, OnceLock, RwLock};
use model_std::thread;
use model_std::time::Instant;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use timeline::Coverage;

/// One operation. None can deadlock: locks are held for one operation, and every wait has an end.
#[derive(Clone, Copy, Debug)]
enum Op {
    /// Reads a cell under the read lock.
    Read,
    /// Writes a cell under the write lock.
    Write,
    TryRead,
    TryWrite,
    /// Adds to what the mutex protects.
    Lock,
    TryLock,
    Wait,
    NotifyOne,
    NotifyAll,
    Park,
    Unpark(usize),
    Sleep,
    CallOnce,
    Set,
    Get,
    Load,
    Add,
}

fn random_op(rng: &mut StdRng, sort: usize, threads: usize) -> Op {
    let sorts: [&[Op]; 5] = [
        &[
            Op::Read,
            Op::Read,
            Op::Write,
            Op::TryRead,
            Op::TryWrite,
            Op::Load,
        ],
        &[Op::Wait, Op::Wait, Op::NotifyOne, Op::NotifyAll, Op::Lock],
        &[
            Op::Park,
            Op::Park,
            Op::Unpark(0),
            Op::Unpark(1),
            Op::Sleep,
            Op::Add,
        ],
        &[Op::CallOnce, Op::Set, Op::Get, Op::Add, Op::Sleep],
        &[
            Op::Lock,
            Op::TryLock,
            Op::Wait,
            Op::Read,
            Op::TryWrite,
            Op::Sleep,
            Op::Get,
        ],
    ];
    let ops = sorts[sort];
    match ops[rng.random_range(0..ops.len())] {
        Op::Unpark(_) => Op::Unpark(rng.random_range(0..threads)),
        op => op,
    }
}

type Program = Vec<Vec<Op>>;

fn random_program(rng: &mut StdRng) -> Program {
    let threads = rng.random_range(2..=3);
    let sort = rng.random_range(0..5);
    let most = if threads == 2 { 7 } else { 4 };
    let thread = |rng: &mut StdRng| {
        let ops = rng.random_range(2..=most);
        (0..ops).map(|_| random_op(rng, sort, threads)).collect()
    };
    (0..threads).map(|_| thread(rng)).collect()
}

struct Shared {
    price: RwLock<usize>,
    total: Mutex<usize>,
    changed: Condvar,
    start: Once,
    name: OnceLock<usize>,
    cell: AtomicUsize,
    threads: RealMutex<Vec<Option<thread::Thread>>>,
}

const MOMENT: Duration = Duration::from_millis(1);

/// Runs one thread; what it saw.
fn run_thread(me: usize, ops: &[Op], shared: &Shared) -> Vec<usize> {
    let begin = Instant::now();
    let mut seen = Vec::new();
    shared.threads.lock().unwrap()[me] = Some(thread::current());
    for op in ops {
        seen.push(match *op {
            Op::Read => {
                let price = shared.price.read().unwrap();
                shared.cell.fetch_add(10, SeqCst) + 1_000 * *price
            }
            Op::Write => {
                *shared.price.write().unwrap() += me + 1;
                0
            }
            Op::TryRead => shared.price.try_read().map_or(99, |price| *price),
            Op::TryWrite => match shared.price.try_write() {
                Ok(mut price) => {
                    *price += 1;
                    *price
                }
                Err(_) => 99,
            },
            Op::Lock => {
                let mut total = shared.total.lock().unwrap();
                *total += 1;
                *total
            }
            Op::TryLock => shared.total.try_lock().map_or(99, |total| *total),
            Op::Wait => {
                let total = shared.total.lock().unwrap();
                let (mut total, result) = shared.changed.wait_timeout(total, MOMENT).unwrap();
                *total += 10;
                2 * *total + usize::from(result.timed_out())
            }
            Op::NotifyOne => {
                shared.changed.notify_one();
                0
            }
            Op::NotifyAll => {
                shared.changed.notify_all();
                0
            }
            Op::Park => {
                thread::park_timeout(MOMENT);
                shared.cell.load(SeqCst)
            }
            Op::Unpark(other) => {
                let other = shared.threads.lock().unwrap()[other].clone();
                other.map_or(0, |other| {
                    other.unpark();
                    1
                })
            }
            Op::Sleep => {
                thread::sleep(MOMENT);
                begin.elapsed().as_millis() as usize
            }
            Op::CallOnce => {
                shared
                    .start
                    .call_once(|| _ = shared.cell.fetch_add(1, SeqCst));
                shared.cell.load(SeqCst)
            }
            Op::Set => shared.name.set(me).map_or(99, |()| me),
            Op::Get => shared.name.get().copied().unwrap_or(99),
            Op::Load => shared.cell.load(SeqCst),
            Op::Add => shared.cell.fetch_add(1, SeqCst),
        });
    }
    seen
}

type Outcomes = BTreeSet<(Vec<Vec<usize>>, [usize; 4])>;

/// The program as the world's `main`, and where its outcomes go.
fn world(program: &Program) -> (impl Fn() + Send + Sync + 'static, Arc<RealMutex<Outcomes>>) {
    let found: Arc<RealMutex<Outcomes>> = Arc::default();
    let (program, outcomes) = (program.clone(), found.clone());
    let body = move || {
        let shared = Shared {
            price: RwLock::new(0),
            total: Mutex::new(0),
            changed: Condvar::new(),
            start: Once::new(),
            name: OnceLock::new(),
            cell: AtomicUsize::new(0),
            threads: RealMutex::new(vec![None; program.len()]),
        };
        let seen = thread::scope(|scope| {
            let shared = &shared;
            let start = |(me, ops): (usize, &Vec<Op>)| {
                let ops = ops.clone();
                scope.spawn(move || run_thread(me, &ops, shared))
            };
            let handles: Vec<_> = program.iter().enumerate().map(start).collect();
            let seen = handles.into_iter().map(|handle| handle.join().unwrap());
            seen.collect::<Vec<_>>()
        });
        let ends = [
            *shared.price.read().unwrap(),
            *shared.total.lock().unwrap(),
            shared.cell.load(SeqCst),
            shared.name.get().copied().unwrap_or(99),
        ];
        outcomes.lock().unwrap().insert((seen, ends));
    };
    (body, found)
}

/// How many programs to try.
const PROGRAMS: u64 = 40;

#[test]
fn no_outcome_is_lost_by_recognising_states() {
    let (mut all, mut merged, mut several, mut pairs) = (0, 0, 0, 0);
    for seed in 0..PROGRAMS {
        let program = random_program(&mut StdRng::seed_from_u64(seed));
        for bound in 0..=3 {
            let explorer = || explore::threads().bound(bound).schedules(2_000);
            let (body, expected) = world(&program);
            let every = explorer().without_merging().explore(body);
            every.expect_pass();
            if matches!(every.coverage(), Coverage::Exhausted { .. }) {
                // More than anybody wants to wait for.
                break;
            }
            let (body, found) = world(&program);
            let verdict = explorer().explore(body);
            verdict.expect_pass();
            let (expected, found) = (expected.lock().unwrap(), found.lock().unwrap());
            assert_eq!(*expected, *found, "seed {seed}, bound {bound}: {program:?}");
            pairs += 1;
            all += every.schedules();
            merged += verdict.schedules();
            several += u64::from(expected.len() > 3);
        }
    }
    println!("{pairs} pairs: {merged} schedules stand for {all}; {several} have several outcomes");
    assert!(
        several > pairs / 3,
        "too little interaction: {several} of {pairs}"
    );
}
