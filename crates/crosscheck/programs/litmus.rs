//! Runs a litmus test once, on threads and atomics.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicUsize, fence};
use std::thread;

use ::litmus::{Op, Outcome, Program, locations};

/// What all reads found, and what the locations hold in the end.
pub fn run(program: &Program) -> Outcome {
    let memory: Arc<[AtomicUsize]> = (0..locations(program))
        .map(|_| AtomicUsize::new(0))
        .collect();
    let start = |ops: &Vec<Op>| {
        let (ops, memory) = (ops.clone(), memory.clone());
        thread::spawn(move || ops.iter().filter_map(|op| step(op, &memory)).collect())
    };
    let threads: Vec<_> = program.iter().map(start).collect();
    let mut outcome = Outcome::new();
    for thread in threads {
        let seen: Outcome = thread.join().unwrap();
        outcome.extend(seen);
    }
    outcome.extend(memory.iter().map(|location| location.load(Relaxed)));
    outcome
}

fn step(op: &Op, memory: &[AtomicUsize]) -> Option<usize> {
    match *op {
        Op::Read(at, order) => return Some(memory[at].load(order)),
        Op::Write(at, value, order) => memory[at].store(value, order),
        Op::Swap(at, value, order) => return Some(memory[at].swap(value, order)),
        Op::Fence(order) => fence(order),
    }
    None
}
