//! The explorer misses nothing within its bound, and finds nothing that is not there.
//!
//! Small random programs are run twice: by the explorer, through the stand-ins, and by the
//! interpreter at the end of this file, which walks every schedule one by one and shares no line
//! with the explorer. For each bound both must find the same set of outcomes.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex as RealMutex};

use explore::FailureKind;
use model_std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use model_std::sync::{Mutex, MutexGuard};
use model_std::thread;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// One visible operation of the language that both sides speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    Load(usize),
    Store(usize, usize),
    Add(usize),
    Lock(usize),
    TryLock(usize),
    /// Does nothing, and is not visible, unless this thread holds the lock.
    Unlock(usize),
}

const CELLS: usize = 2;
const LOCKS: usize = 2;

type Program = Vec<Vec<Op>>;
/// What each thread has observed, in order, and what the cells hold in the end.
type Outcome = (Vec<Vec<usize>>, Vec<usize>);

#[derive(Debug, PartialEq, Eq, Default)]
struct Outcomes {
    ends: BTreeSet<Outcome>,
    deadlock: bool,
}

fn random_program(rng: &mut StdRng) -> Program {
    let threads = rng.random_range(2..=3);
    let most = if threads == 2 { 7 } else { 4 };
    // Programs of one sort interact more than programs of all sorts.
    let sorts = [0..4, 4..8, 0..8];
    let sort = sorts[rng.random_range(0..sorts.len())].clone();
    let thread = |rng: &mut StdRng| {
        let mut ops = Vec::new();
        let mut held: Vec<usize> = Vec::new();
        for _ in 0..rng.random_range(2..=most) {
            let cell = rng.random_range(0..CELLS);
            let lock = rng.random_range(0..LOCKS);
            match rng.random_range(sort.clone()) {
                0 | 1 => ops.push(Op::Load(cell)),
                2 => ops.push(Op::Store(cell, rng.random_range(1..4))),
                3 => ops.push(Op::Add(cell)),
                4 | 5 if !held.contains(&lock) => {
                    held.push(lock);
                    ops.push(Op::Lock(lock));
                }
                6 if !held.contains(&lock) => {
                    held.push(lock);
                    ops.push(Op::TryLock(lock));
                }
                _ => ops.extend(held.pop().map(Op::Unlock)),
            }
        }
        while let Some(lock) = held.pop() {
            ops.push(Op::Unlock(lock));
        }
        ops
    };
    (0..threads).map(|_| thread(rng)).collect()
}

struct Shared {
    cells: [AtomicUsize; CELLS],
    locks: [Mutex<()>; LOCKS],
}

/// One line each: a lane that looks three times from one line in vain is taken for a loop and
/// gives way, and a straight program must not be.
const LOADS: [fn(&AtomicUsize) -> usize; 4] = [
    |cell| cell.load(SeqCst),
    |cell| cell.load(SeqCst),
    |cell| cell.load(SeqCst),
    |cell| cell.load(SeqCst),
];
type TryLock = for<'a> fn(&'a Mutex<()>) -> Option<MutexGuard<'a, ()>>;
const TRY_LOCKS: [TryLock; 4] = [
    |lock| lock.try_lock().ok(),
    |lock| lock.try_lock().ok(),
    |lock| lock.try_lock().ok(),
    |lock| lock.try_lock().ok(),
];

/// Runs one thread of a program through the stand-ins.
fn run_thread(ops: &[Op], shared: &Shared) -> Vec<usize> {
    let mut seen = Vec::new();
    let mut guards: [Option<MutexGuard<'_, ()>>; LOCKS] = [None, None];
    for (i, op) in ops.iter().enumerate() {
        match *op {
            Op::Load(cell) => seen.push(LOADS[i % 4](&shared.cells[cell])),
            Op::Store(cell, value) => shared.cells[cell].store(value, SeqCst),
            Op::Add(cell) => seen.push(shared.cells[cell].fetch_add(1, SeqCst)),
            Op::Lock(lock) => guards[lock] = Some(shared.locks[lock].lock().unwrap()),
            Op::TryLock(lock) => {
                guards[lock] = TRY_LOCKS[i % 4](&shared.locks[lock]);
                seen.push(usize::from(guards[lock].is_some()));
            }
            Op::Unlock(lock) => guards[lock] = None,
        }
    }
    seen
}

fn explored(program: &Program, bound: u32) -> Outcomes {
    let ends = Arc::new(RealMutex::new(BTreeSet::new()));
    let (program, found) = (Arc::new(program.clone()), ends.clone());
    let verdict = explore::threads().bound(bound).explore(move || {
        let shared = Arc::new(Shared {
            cells: Default::default(),
            locks: Default::default(),
        });
        let threads: Vec<_> = (0..program.len())
            .map(|i| {
                let (program, shared) = (program.clone(), shared.clone());
                thread::spawn(move || run_thread(&program[i], &shared))
            })
            .collect();
        let seen = threads.into_iter().map(|t| t.join().unwrap()).collect();
        let cells = shared.cells.iter().map(|cell| cell.load(SeqCst)).collect();
        found.lock().unwrap().insert((seen, cells));
    });
    let deadlock = match verdict.failure() {
        None => false,
        Some(failure) => {
            assert_eq!(failure.kind, FailureKind::Deadlock, "{verdict}");
            true
        }
    };
    let ends = std::mem::take(&mut *ends.lock().unwrap());
    Outcomes { ends, deadlock }
}

/// The same program, schedule by schedule.
#[derive(Clone)]
struct Interpreter<'a> {
    program: &'a Program,
    next: Vec<usize>,
    seen: Vec<Vec<usize>>,
    cells: Vec<usize>,
    owner: Vec<Option<usize>>,
    running: Option<usize>,
    left: u32,
}

impl<'a> Interpreter<'a> {
    fn new(program: &'a Program, bound: u32) -> Self {
        let mut start = Interpreter {
            program,
            next: vec![0; program.len()],
            seen: vec![Vec::new(); program.len()],
            cells: vec![0; CELLS],
            owner: vec![None; LOCKS],
            running: None,
            left: bound,
        };
        (0..program.len()).for_each(|t| start.skip_invisible(t));
        start
    }

    fn op(&self, t: usize) -> Option<Op> {
        self.program[t].get(self.next[t]).copied()
    }

    fn skip_invisible(&mut self, t: usize) {
        while let Some(Op::Unlock(lock)) = self.op(t)
            && self.owner[lock] != Some(t)
        {
            self.next[t] += 1;
        }
    }

    fn can_go_on(&self, t: usize) -> bool {
        match self.op(t) {
            None => false,
            Some(Op::Lock(lock)) => self.owner[lock].is_none(),
            Some(_) => true,
        }
    }

    fn step(&mut self, t: usize) {
        match self.op(t).expect("it can go on") {
            Op::Load(cell) => self.seen[t].push(self.cells[cell]),
            Op::Store(cell, value) => self.cells[cell] = value,
            Op::Add(cell) => {
                self.seen[t].push(self.cells[cell]);
                self.cells[cell] += 1;
            }
            Op::Lock(lock) => self.owner[lock] = Some(t),
            Op::TryLock(lock) => {
                let free = self.owner[lock].is_none();
                if free {
                    self.owner[lock] = Some(t);
                }
                self.seen[t].push(usize::from(free));
            }
            Op::Unlock(lock) => self.owner[lock] = None,
        }
        self.next[t] += 1;
        self.skip_invisible(t);
    }

    fn walk(self, outcomes: &mut Outcomes) {
        let enabled: Vec<usize> = (0..self.next.len())
            .filter(|&t| self.can_go_on(t))
            .collect();
        if enabled.is_empty() {
            let over = (0..self.next.len()).all(|t| self.op(t).is_none());
            if over {
                outcomes.ends.insert((self.seen, self.cells));
            } else {
                outcomes.deadlock = true;
            }
            return;
        }
        for &t in &enabled {
            let preempts = self.running.is_some_and(|r| r != t && enabled.contains(&r));
            if preempts && self.left == 0 {
                continue;
            }
            let mut after = self.clone();
            after.left -= u32::from(preempts);
            after.running = Some(t);
            after.step(t);
            after.walk(outcomes);
        }
    }
}

fn enumerated(program: &Program, bound: u32) -> Outcomes {
    let mut outcomes = Outcomes::default();
    Interpreter::new(program, bound).walk(&mut outcomes);
    outcomes
}

/// As many random programs as `PROGRAMS` says; few in the ordinary tests.
fn programs() -> u64 {
    let given = std::env::var("PROGRAMS").ok().and_then(|n| n.parse().ok());
    given.unwrap_or(150)
}

#[test]
fn within_every_bound_the_outcomes_are_those_of_brute_force() {
    let mut with_deadlock = 0;
    let mut with_choice = 0;
    for seed in 0..programs() {
        let program = random_program(&mut StdRng::seed_from_u64(seed));
        for bound in [0, 1, 2, 3, 100] {
            let truth = enumerated(&program, bound);
            let found = explored(&program, bound);
            assert_eq!(
                found.deadlock, truth.deadlock,
                "seed {seed}, bound {bound}: {program:?}"
            );
            if truth.deadlock {
                // The explorer stops at the first failure; all that it saw must be true.
                assert!(
                    found.ends.is_subset(&truth.ends),
                    "seed {seed}, bound {bound}"
                );
                with_deadlock += 1;
            } else {
                assert_eq!(found, truth, "seed {seed}, bound {bound}: {program:?}");
                with_choice += u64::from(truth.ends.len() > 1);
            }
        }
    }
    assert!(with_deadlock > 0, "no program had a deadlock");
    assert!(with_choice > 0, "no program had two outcomes");
}
