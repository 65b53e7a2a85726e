//! Every order is tried, and no other: what small programs do is compared with an enumeration
//! that knows nothing of the explorer.

mod model;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex as StdMutex};
use std::time::Duration;

use model_tokio as tokio;
use tokio::sync::{Mutex, Semaphore, mpsc};

use self::model::{Model, Op, Outcome, SEMAPHORES};

/// The same program under the explorer: every outcome that it shows.
fn explored(tasks: &[Vec<Op>], parallel: bool, merging: bool) -> (BTreeSet<Outcome>, u64) {
    let found: Arc<StdMutex<BTreeSet<Outcome>>> = Arc::default();
    let all = found.clone();
    let tasks = tasks.to_vec();
    let body = move || {
        let (tasks, found) = (tasks.clone(), all.clone());
        async move {
            let log = Arc::new(StdMutex::new(vec![Vec::new(); SEMAPHORES + 1]));
            let limits = Arc::new([(); SEMAPHORES].map(|()| Semaphore::new(1)));
            let (sender, receiver) = mpsc::channel(1);
            let receiver = Arc::new(Mutex::new(receiver));
            let over: Vec<_> = tasks
                .into_iter()
                .enumerate()
                .map(|(task, ops)| {
                    let (log, limits) = (log.clone(), limits.clone());
                    let (sender, receiver) = (sender.clone(), receiver.clone());
                    tokio::spawn(async move {
                        let note = |object: usize| log.lock().unwrap()[object].push(task);
                        for op in ops {
                            match op {
                                Op::Yield => tokio::task::yield_now().await,
                                Op::Acquire(i) => {
                                    limits[i].acquire().await.unwrap().forget();
                                    note(i);
                                }
                                Op::Release(i) => limits[i].add_permits(1),
                                Op::Send => {
                                    sender.send(()).await.unwrap();
                                    note(SEMAPHORES);
                                }
                                Op::Receive => {
                                    let mut receiver = receiver.try_lock().unwrap();
                                    receiver.recv().await.unwrap();
                                }
                            }
                        }
                    })
                })
                .collect();
            // Main takes no part: it wakes up when nobody is left who could do anything.
            tokio::time::sleep(Duration::from_millis(1)).await;
            let stuck = over
                .iter()
                .enumerate()
                .filter(|(_, task)| !task.is_finished());
            let stuck = stuck.map(|(task, _)| task).collect();
            let log = log.lock().unwrap().clone();
            found.lock().unwrap().insert((log, stuck));
            drop((sender, receiver));
        }
    };
    let mut world = explore::tasks().may_leave_tasks().schedules(3_000_000);
    if !parallel {
        world = world.current_thread();
    }
    let schedules = if merging {
        let verdict = world.bound(u32::MAX).explore(body);
        verdict.expect_pass();
        verdict.schedules()
    } else {
        world.count(body).schedules
    };
    let found = found.lock().unwrap().clone();
    (found, schedules)
}

#[track_caller]
fn compare(tasks: &[Vec<Op>], parallel: bool) -> u64 {
    let mut expected = BTreeSet::new();
    Model::new(tasks, parallel).outcomes(&mut expected);
    let (found, schedules) = explored(tasks, parallel, true);
    assert_eq!(found, expected, "{tasks:?}, parallel: {parallel}");
    schedules
}

#[test]
fn yields_interleave_in_every_way() {
    // n tasks of k yields have (n * (k + 1))! / (k + 1)!^n orders.
    for (tasks, yields, orders) in [(2, 1, 6), (2, 2, 20), (2, 3, 70), (3, 1, 90)] {
        let program = vec![vec![Op::Yield; yields]; tasks];
        for parallel in [false, true] {
            let (_, schedules) = explored(&program, parallel, false);
            // With several threads a task may also begin within `spawn`: more ways to the same.
            let exact = if parallel {
                schedules >= orders
            } else {
                schedules == orders
            };
            assert!(
                exact,
                "{tasks} tasks, {yields} yields: {schedules}, not {orders}"
            );
        }
    }
}

#[test]
fn awaits_interleave_in_every_way() {
    let take = |i| [Op::Acquire(i), Op::Release(i)];
    let twice: Vec<Op> = take(0).into_iter().chain(take(0)).collect();
    let program = vec![twice.clone(), twice.clone(), take(0).to_vec()];
    let mut expected = BTreeSet::new();
    Model::new(&program, true).outcomes(&mut expected);
    assert_eq!(expected.len(), 30, "5! / (2! 2! 1!) orders");
    compare(&program, true);
    compare(&program, false);
}

#[test]
fn opposite_locks_deadlock_or_not() {
    let both = |a, b| {
        vec![
            Op::Acquire(a),
            Op::Acquire(b),
            Op::Release(b),
            Op::Release(a),
        ]
    };
    let program = [both(0, 1), both(1, 0)];
    let mut expected = BTreeSet::new();
    Model::new(&program, true).outcomes(&mut expected);
    assert!(expected.iter().any(|(_, stuck)| stuck.len() == 2));
    compare(&program, true);
    compare(&program, false);
}

/// Numbers without a pattern, the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn op(&mut self, receives: bool) -> Op {
        match self.roll(if receives { 8 } else { 7 }) {
            0 => Op::Yield,
            1 => Op::Acquire(0),
            2 => Op::Acquire(1),
            3 => Op::Release(0),
            4 => Op::Release(1),
            5 | 6 => Op::Send,
            _ => Op::Receive,
        }
    }
}

#[test]
fn programs_without_a_pattern_do_what_they_can_do_and_nothing_else() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut schedules = 0;
    for round in 0..150 {
        let tasks = if round % 3 == 0 { 3 } else { 2 };
        let program: Vec<Vec<Op>> = (0..tasks)
            .map(|task| {
                let length = 2 + dice.roll(if tasks == 3 { 2 } else { 4 });
                // There is one receiver.
                (0..length).map(|_| dice.op(task == 0)).collect()
            })
            .collect();
        for parallel in [true, false] {
            schedules += compare(&program, parallel);
        }
    }
    println!("{schedules} schedules");
}

#[test]
fn what_is_left_out_leads_to_nothing_new() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for _ in 0..30 {
        let program: Vec<Vec<Op>> = (0..2)
            .map(|task| (0..3).map(|_| dice.op(task == 0)).collect())
            .collect();
        let (every, all) = explored(&program, true, false);
        let (merged, some) = explored(&program, true, true);
        assert_eq!(every, merged, "{program:?}");
        assert!(some <= all, "{some} of {all}");
    }
}
