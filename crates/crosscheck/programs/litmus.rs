//! Runs a litmus test once, on threads and atomics.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicUsize, fence};
use std::sync::{Arc, Mutex};
use std::thread;

use ::litmus::{Op, Outcome, Program, locations};

/// What all reads found, and what the locations hold in the end.
pub fn run(program: &Program) -> Outcome {
    let memory: Arc<[AtomicUsize]> = (0..locations(program))
        .map(|_| AtomicUsize::new(0))
        .collect();
    let lock = Arc::new(Mutex::new(()));
    let start = |ops: &Vec<Op>| {
        let (ops, memory, lock) = (ops.clone(), memory.clone(), lock.clone());
        thread::spawn(move || {
            let (mut seen, mut held) = (Outcome::new(), None);
            for op in &ops {
                match *op {
                    Op::Read(at, order) => seen.push(memory[at].load(order)),
                    Op::Write(at, value, order) => memory[at].store(value, order),
                    Op::Swap(at, value, order) => seen.push(memory[at].swap(value, order)),
                    Op::Fence(order) => fence(order),
                    Op::Lock => held = Some(lock.lock().unwrap()),
                    Op::Unlock => held = None,
                }
            }
            drop(held);
            seen
        })
    };
    let threads: Vec<_> = program.iter().map(start).collect();
    let mut outcome = Outcome::new();
    for thread in threads {
        outcome.extend(thread.join().unwrap());
    }
    outcome.extend(memory.iter().map(|location| location.load(Relaxed)));
    outcome
}
