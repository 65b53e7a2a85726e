//! Locks that wait for each other.

use std::sync::{Arc, Mutex, RwLock};
use std::thread;

use super::{join, programs};

programs![
    opposite_locks,
    ordered_locks,
    three_philosophers,
    three_ordered_philosophers,
    locked_twice,
    backing_off,
    read_then_write,
    two_readers,
    raised_between_read_and_write,
    raised_under_write,
];

/// Alice pays Bob while Bob pays Alice.
pub fn opposite_locks() {
    let (alice, bob) = (Arc::new(Mutex::new(10)), Arc::new(Mutex::new(10)));
    let ways = [(alice.clone(), bob.clone()), (bob, alice)];
    join(ways.map(|(from, to)| {
        thread::spawn(move || {
            let mut from = from.lock().unwrap();
            let mut to = to.lock().unwrap();
            *from -= 1;
            *to += 1;
        })
    }));
}

/// Both take the locks in one order.
pub fn ordered_locks() {
    let (alice, bob) = (Arc::new(Mutex::new(10)), Arc::new(Mutex::new(10)));
    join([1, -1].map(|amount| {
        let (alice, bob) = (alice.clone(), bob.clone());
        thread::spawn(move || {
            let mut from = alice.lock().unwrap();
            let mut to = bob.lock().unwrap();
            *from -= amount;
            *to += amount;
        })
    }));
    let sum = *alice.lock().unwrap() + *bob.lock().unwrap();
    assert_eq!(sum, 20);
}

fn dine(order: fn(usize) -> (usize, usize)) {
    let forks: Arc<[Mutex<u32>; 3]> = Arc::new([0; 3].map(Mutex::new));
    join((0..3).map(|i| {
        let forks = forks.clone();
        thread::spawn(move || {
            let (first, second) = order(i);
            let mut first = forks[first].lock().unwrap();
            let mut second = forks[second].lock().unwrap();
            *first += 1;
            *second += 1;
        })
    }));
}

/// Everybody takes the left fork first.
pub fn three_philosophers() {
    dine(|i| (i, (i + 1) % 3));
}

/// Everybody takes the fork with the lower number first.
pub fn three_ordered_philosophers() {
    dine(|i| (i.min((i + 1) % 3), i.max((i + 1) % 3)));
}

/// A thread waits for the lock that it holds.
pub fn locked_twice() {
    let total = Mutex::new(1);
    let first = total.lock().unwrap();
    let second = total.lock().unwrap();
    assert_eq!(*first, *second);
}

/// Opposite locks, but whoever does not get the second one lets the first one go.
pub fn backing_off() {
    let (alice, bob) = (Arc::new(Mutex::new(10)), Arc::new(Mutex::new(10)));
    let ways = [(alice.clone(), bob.clone()), (bob, alice)];
    join(ways.map(|(from, to)| {
        thread::spawn(move || {
            loop {
                let mut from = from.lock().unwrap();
                if let Ok(mut to) = to.try_lock() {
                    *from -= 1;
                    *to += 1;
                    return;
                }
                drop(from);
                thread::yield_now();
            }
        })
    }));
}

/// Wants to write what it still reads.
pub fn read_then_write() {
    let price = RwLock::new(1);
    let old = price.read().unwrap();
    *price.write().unwrap() = *old + 1;
}

/// Readers do not exclude each other, and see no half-done write.
pub fn two_readers() {
    let pair = Arc::new(RwLock::new((0, 0)));
    let readers = [pair.clone(), pair.clone()].map(|pair| {
        thread::spawn(move || {
            let pair = pair.read().unwrap();
            assert_eq!(pair.0, pair.1);
        })
    });
    {
        let mut pair = pair.write().unwrap();
        pair.0 += 1;
        pair.1 += 1;
    }
    join(readers);
}

fn raise(by: fn(&RwLock<u32>)) {
    let price = Arc::new(RwLock::new(1));
    join((0..2).map(|_| {
        let price = price.clone();
        thread::spawn(move || by(&price))
    }));
    assert_eq!(*price.read().unwrap(), 3);
}

/// Reads, lets go, and writes what may be out of date by then.
pub fn raised_between_read_and_write() {
    raise(|price| {
        let old = *price.read().unwrap();
        *price.write().unwrap() = old + 1;
    });
}

/// Reads and writes under the lock for writing.
pub fn raised_under_write() {
    raise(|price| *price.write().unwrap() += 1);
}
