//! Numbers that several threads change.

use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;

use super::{join, programs};

programs![
    lost_update_2,
    lost_update_3,
    counted_atomically,
    counted_by_exchange,
    counted_under_a_lock,
    withdrawn_twice,
    withdrawn_once,
    made_twice,
    made_once,
];

fn count_with(threads: usize, add: fn(&AtomicUsize)) {
    let hits = Arc::new(AtomicUsize::new(0));
    join((0..threads).map(|_| {
        let hits = hits.clone();
        thread::spawn(move || add(&hits))
    }));
    assert_eq!(hits.load(SeqCst), threads);
}

fn load_and_store(hits: &AtomicUsize) {
    let seen = hits.load(SeqCst);
    hits.store(seen + 1, SeqCst);
}

/// Two threads load and store: one addition can get lost.
pub fn lost_update_2() {
    count_with(2, load_and_store);
}

/// The same with three.
pub fn lost_update_3() {
    count_with(3, load_and_store);
}

/// One step: nothing gets lost, not even with `Relaxed`.
pub fn counted_atomically() {
    count_with(3, |hits| {
        hits.fetch_add(1, Relaxed);
    });
}

/// Tries again until nobody was faster.
pub fn counted_by_exchange() {
    count_with(2, |hits| {
        let mut seen = hits.load(Relaxed);
        while let Err(newer) = hits.compare_exchange(seen, seen + 1, Relaxed, Relaxed) {
            seen = newer;
        }
    });
}

/// A lock around the whole update.
pub fn counted_under_a_lock() {
    let hits = Arc::new(Mutex::new(0));
    join((0..3).map(|_| {
        let hits = hits.clone();
        thread::spawn(move || *hits.lock().unwrap() += 1)
    }));
    assert_eq!(*hits.lock().unwrap(), 3);
}

fn withdraw(by: fn(&Mutex<i32>)) {
    let balance = Arc::new(Mutex::new(100));
    join((0..2).map(|_| {
        let balance = balance.clone();
        thread::spawn(move || by(&balance))
    }));
    assert!(*balance.lock().unwrap() >= 0, "overdrawn");
}

/// The lock is let go between the question and the act.
pub fn withdrawn_twice() {
    withdraw(|balance| {
        let enough = *balance.lock().unwrap() >= 70;
        if enough {
            *balance.lock().unwrap() -= 70;
        }
    });
}

/// Question and act under one lock.
pub fn withdrawn_once() {
    withdraw(|balance| {
        let mut balance = balance.lock().unwrap();
        if *balance >= 70 {
            *balance -= 70;
        }
    });
}

fn make(by: fn(&Mutex<Option<usize>>, &AtomicUsize)) {
    let shared = Arc::new((Mutex::new(None), AtomicUsize::new(0)));
    join((0..2).map(|_| {
        let shared = shared.clone();
        thread::spawn(move || by(&shared.0, &shared.1))
    }));
    assert_eq!(shared.1.load(SeqCst), 1, "made more than once");
}

/// Both see that nothing is there, and both make it.
pub fn made_twice() {
    make(|slot, made| {
        let missing = slot.lock().unwrap().is_none();
        if missing {
            let value = made.fetch_add(1, SeqCst);
            *slot.lock().unwrap() = Some(value);
        }
    });
}

/// Looks again under the lock that it writes under.
pub fn made_once() {
    make(|slot, made| {
        let missing = slot.lock().unwrap().is_none();
        if missing {
            let mut slot = slot.lock().unwrap();
            if slot.is_none() {
                *slot = Some(made.fetch_add(1, SeqCst));
            }
        }
    });
}
