//! Threads that meet, and threads that end with their scope.

use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::sync::{Arc, Barrier, Once};
use std::thread;

use crate::threads::{join, programs};

programs![
    two_phases,
    one_too_few,
    scoped_sum,
    scoped_lost_update,
    initialised_once,
    borrowed_across_a_barrier,
];

fn meet(expected: usize) {
    let shared = Arc::new((Barrier::new(expected), AtomicUsize::new(0)));
    join((0..2).map(|_| {
        let shared = shared.clone();
        thread::spawn(move || {
            shared.1.fetch_add(1, Relaxed);
            shared.0.wait();
            assert_eq!(shared.1.load(Relaxed), 2, "somebody has not finished yet");
        })
    }));
}

/// Nobody begins the second phase before all have finished the first.
pub fn two_phases() {
    meet(2);
}

/// The barrier waits for a third who never comes.
pub fn one_too_few() {
    meet(3);
}

/// Threads borrow from the function that waits for them.
pub fn scoped_sum() {
    let sum = AtomicUsize::new(0);
    let numbers = [1, 2, 3];
    thread::scope(|scope| {
        for number in &numbers {
            let sum = &sum;
            scope.spawn(move || sum.fetch_add(*number, Relaxed));
        }
    });
    assert_eq!(sum.load(Relaxed), 6);
}

/// Borrowing does not make two steps one.
pub fn scoped_lost_update() {
    let sum = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let seen = sum.load(SeqCst);
                sum.store(seen + 1, SeqCst);
            });
        }
    });
    assert_eq!(sum.load(SeqCst), 2);
}

/// Whoever comes first does it, and the others wait until it is done.
pub fn initialised_once() {
    let shared = Arc::new((Once::new(), AtomicUsize::new(0)));
    join((0..3).map(|_| {
        let shared = shared.clone();
        thread::spawn(move || {
            shared.0.call_once(|| {
                shared.1.fetch_add(1, Relaxed);
            });
            assert_eq!(shared.1.load(Relaxed), 1);
        })
    }));
}

/// Writes before the barrier are seen after it, whatever the ordering.
pub fn borrowed_across_a_barrier() {
    let (barrier, cells) = (Barrier::new(2), [AtomicUsize::new(0), AtomicUsize::new(0)]);
    thread::scope(|scope| {
        for me in 0..2 {
            let (barrier, cells) = (&barrier, &cells);
            scope.spawn(move || {
                cells[me].store(1, Relaxed);
                barrier.wait();
                assert_eq!(cells[1 - me].load(Relaxed), 1);
            });
        }
    });
}
