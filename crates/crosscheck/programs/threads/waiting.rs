//! Threads that sleep until another one wakes them.

use std::collections::VecDeque;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::{Acquire, Release, SeqCst};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use super::{join, programs};

programs![
    lost_wakeup,
    flag_under_the_lock,
    flag_after_the_notice,
    woken_for_nothing,
    if_instead_of_while,
    while_nothing_is_there,
    one_condvar_for_two_sorts,
    one_condvar_for_all,
    two_condvars,
    notice_to_one_of_two,
    permits,
    permits_given_back_silently,
    parked,
    unparked_too_early,
];

/// Looks at the flag before it takes the lock: the notice can come in between.
pub fn lost_wakeup() {
    let shared = Arc::new((AtomicBool::new(false), Mutex::new(()), Condvar::new()));
    let theirs = shared.clone();
    let waiter = thread::spawn(move || {
        if !theirs.0.load(SeqCst) {
            let guard = theirs.1.lock().unwrap();
            drop(theirs.2.wait(guard).unwrap());
        }
    });
    shared.0.store(true, SeqCst);
    shared.2.notify_one();
    waiter.join().unwrap();
}

type Flag = (Mutex<bool>, Condvar);

fn wait_for(flag: &Flag) {
    let mut set = flag.0.lock().unwrap();
    while !*set {
        set = flag.1.wait(set).unwrap();
    }
}

fn with_a_waiter(raise: fn(&Flag)) {
    let flag = Arc::new((Mutex::new(false), Condvar::new()));
    let theirs = flag.clone();
    let waiter = thread::spawn(move || wait_for(&theirs));
    raise(&flag);
    waiter.join().unwrap();
}

/// The flag is what the lock protects.
pub fn flag_under_the_lock() {
    with_a_waiter(|flag| {
        *flag.0.lock().unwrap() = true;
        flag.1.notify_one();
    });
}

/// Gives notice first, and sets the flag afterwards.
pub fn flag_after_the_notice() {
    with_a_waiter(|flag| {
        flag.1.notify_one();
        *flag.0.lock().unwrap() = true;
    });
}

/// One waiter, one notice, an `if`: only a wake-up without a reason breaks it.
pub fn woken_for_nothing() {
    let flag = Arc::new((Mutex::new(false), Condvar::new()));
    let theirs = flag.clone();
    let waiter = thread::spawn(move || {
        let mut set = theirs.0.lock().unwrap();
        if !*set {
            set = theirs.1.wait(set).unwrap();
        }
        assert!(*set, "woken for nothing");
    });
    *flag.0.lock().unwrap() = true;
    flag.1.notify_one();
    waiter.join().unwrap();
}

type Queue = (Mutex<VecDeque<u32>>, Condvar);

fn two_takers(take: fn(&Queue) -> u32) {
    let queue = Arc::new((Mutex::new(VecDeque::new()), Condvar::new()));
    let takers = [queue.clone(), queue.clone()].map(|queue| thread::spawn(move || take(&queue)));
    for job in [1, 2] {
        queue.0.lock().unwrap().push_back(job);
        queue.1.notify_all();
    }
    let sum: u32 = takers.map(|taker| taker.join().unwrap()).iter().sum();
    assert_eq!(sum, 3);
}

/// Both wake for one job, and the second finds nothing.
pub fn if_instead_of_while() {
    two_takers(|queue| {
        let mut jobs = queue.0.lock().unwrap();
        if jobs.is_empty() {
            jobs = queue.1.wait(jobs).unwrap();
        }
        jobs.pop_front().expect("a job")
    });
}

/// Looks again after every wake-up.
pub fn while_nothing_is_there() {
    two_takers(|queue| {
        let mut jobs = queue.0.lock().unwrap();
        while jobs.is_empty() {
            jobs = queue.1.wait(jobs).unwrap();
        }
        jobs.pop_front().expect("a job")
    });
}

/// A buffer for one item. `full` and `free` may be one condition variable or two.
struct Buffer {
    item: Mutex<Option<u32>>,
    changed: [Condvar; 2],
    full: usize,
    notify: fn(&Condvar),
}

impl Buffer {
    fn new(full: usize, notify: fn(&Condvar)) -> Self {
        let changed = [Condvar::new(), Condvar::new()];
        Buffer {
            item: Mutex::new(None),
            changed,
            full,
            notify,
        }
    }

    fn put(&self, value: u32) {
        let mut item = self.item.lock().unwrap();
        while item.is_some() {
            item = self.changed[0].wait(item).unwrap();
        }
        *item = Some(value);
        (self.notify)(&self.changed[self.full]);
    }

    fn take(&self) -> u32 {
        let mut item = self.item.lock().unwrap();
        while item.is_none() {
            item = self.changed[self.full].wait(item).unwrap();
        }
        (self.notify)(&self.changed[0]);
        item.take().expect("the loop has seen it")
    }
}

fn pass(buffer: Buffer) {
    let buffer = Arc::new(buffer);
    let takers = [buffer.clone(), buffer.clone()].map(|b| thread::spawn(move || b.take()));
    let other = buffer.clone();
    let putter = thread::spawn(move || other.put(1));
    buffer.put(2);
    putter.join().unwrap();
    let sum: u32 = takers.map(|taker| taker.join().unwrap()).iter().sum();
    assert_eq!(sum, 3);
}

/// Those who put and those who take wait on one condition, and one notice can reach the wrong
/// sort.
pub fn one_condvar_for_two_sorts() {
    pass(Buffer::new(0, |condvar| condvar.notify_one()));
}

/// One condition, and notice to all.
pub fn one_condvar_for_all() {
    pass(Buffer::new(0, |condvar| condvar.notify_all()));
}

/// A condition for each sort.
pub fn two_condvars() {
    pass(Buffer::new(1, |condvar| condvar.notify_one()));
}

/// Two wait for one flag, and only one is told.
pub fn notice_to_one_of_two() {
    let flag = Arc::new((Mutex::new(false), Condvar::new()));
    let waiters = [flag.clone(), flag.clone()].map(|flag| thread::spawn(move || wait_for(&flag)));
    *flag.0.lock().unwrap() = true;
    flag.1.notify_one();
    join(waiters);
}

fn with_permits(give_back: fn(&(Mutex<usize>, Condvar))) {
    let shared = Arc::new(((Mutex::new(1), Condvar::new()), AtomicBool::new(false)));
    join((0..3).map(|_| {
        let shared = shared.clone();
        thread::spawn(move || {
            let (permits, inside) = &*shared;
            let mut left = permits.0.lock().unwrap();
            while *left == 0 {
                left = permits.1.wait(left).unwrap();
            }
            *left -= 1;
            drop(left);
            assert!(!inside.swap(true, Acquire), "two at once");
            inside.store(false, Release);
            give_back(permits);
        })
    }));
}

/// A semaphore out of a lock and a condition.
pub fn permits() {
    with_permits(|permits| {
        *permits.0.lock().unwrap() += 1;
        permits.1.notify_one();
    });
}

/// Gives the permit back and tells nobody.
pub fn permits_given_back_silently() {
    with_permits(|permits| *permits.0.lock().unwrap() += 1);
}

fn with_a_parked(wake: fn(&AtomicBool, &thread::Thread)) {
    let ready = Arc::new(AtomicBool::new(false));
    let theirs = ready.clone();
    let sleeper = thread::spawn(move || {
        while !theirs.load(Acquire) {
            thread::park();
        }
    });
    wake(&ready, sleeper.thread());
    sleeper.join().unwrap();
}

/// The flag first, then the wake-up.
pub fn parked() {
    with_a_parked(|ready, sleeper| {
        ready.store(true, Release);
        sleeper.unpark();
    });
}

/// The wake-up first: the sleeper looks, and parks again for ever.
pub fn unparked_too_early() {
    with_a_parked(|ready, sleeper| {
        sleeper.unpark();
        ready.store(true, Release);
    });
}
