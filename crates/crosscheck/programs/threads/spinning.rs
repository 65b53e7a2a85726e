//! Locks and messages made of atomics.

use std::sync::Arc;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering, fence};
use std::thread;

use super::{join, programs};

programs![
    spin_lock,
    spin_lock_in_two_steps,
    spin_lock_relaxed,
    ticket_lock,
    ticket_lock_in_two_steps,
    message_relaxed,
    message_released,
    message_fenced,
    both_go_first,
    both_go_first_seqcst,
    peterson,
    peterson_acquire,
    stopped_by_a_flag,
    waits_for_nobody,
];

/// Two threads add under a lock; the sum is kept where only that lock protects it.
fn add_under<L: Default + Send + Sync + 'static>(lock: fn(&L), unlock: fn(&L)) {
    let shared = Arc::new((L::default(), AtomicUsize::new(0)));
    join((0..2).map(|_| {
        let shared = shared.clone();
        thread::spawn(move || {
            lock(&shared.0);
            let sum = shared.1.load(Relaxed);
            shared.1.store(sum + 1, Relaxed);
            unlock(&shared.0);
        })
    }));
    assert_eq!(shared.1.load(Relaxed), 2);
}

/// A lock of one flag.
pub fn spin_lock() {
    add_under::<AtomicBool>(
        |held| {
            while held
                .compare_exchange(false, true, Acquire, Relaxed)
                .is_err()
            {
                thread::yield_now();
            }
        },
        |held| held.store(false, Release),
    );
}

/// Sees that it is free, and takes it a step later.
pub fn spin_lock_in_two_steps() {
    add_under::<AtomicBool>(
        |held| {
            while held.load(Acquire) {
                thread::yield_now();
            }
            held.store(true, Release);
        },
        |held| held.store(false, Release),
    );
}

/// Excludes, but publishes nothing.
pub fn spin_lock_relaxed() {
    add_under::<AtomicBool>(
        |held| {
            while held
                .compare_exchange(false, true, Relaxed, Relaxed)
                .is_err()
            {
                thread::yield_now();
            }
        },
        |held| held.store(false, Relaxed),
    );
}

/// The next number to draw, and the number whose turn it is.
#[derive(Default)]
struct Tickets(AtomicUsize, AtomicUsize);

fn wait_for_turn(tickets: &Tickets, mine: usize) {
    while tickets.1.load(Acquire) < mine {
        thread::yield_now();
    }
}

/// First come, first served.
pub fn ticket_lock() {
    add_under::<Tickets>(
        |tickets| wait_for_turn(tickets, tickets.0.fetch_add(1, Relaxed)),
        |tickets| {
            tickets.1.fetch_add(1, Release);
        },
    );
}

/// Two can draw the same number.
pub fn ticket_lock_in_two_steps() {
    add_under::<Tickets>(
        |tickets| {
            let mine = tickets.0.load(SeqCst);
            tickets.0.store(mine + 1, SeqCst);
            wait_for_turn(tickets, mine);
        },
        |tickets| {
            tickets.1.fetch_add(1, Release);
        },
    );
}

fn send(published: Ordering, seen: Ordering, fenced: bool) {
    let shared = Arc::new((AtomicUsize::new(0), AtomicBool::new(false)));
    let theirs = shared.clone();
    let sender = thread::spawn(move || {
        theirs.0.store(42, Relaxed);
        if fenced {
            fence(Release);
        }
        theirs.1.store(true, published);
    });
    if shared.1.load(seen) {
        if fenced {
            fence(Acquire);
        }
        assert_eq!(shared.0.load(Relaxed), 42, "the flag came before the data");
    }
    sender.join().unwrap();
}

/// The flag can be seen before the data.
pub fn message_relaxed() {
    send(Relaxed, Relaxed, false);
}

/// The flag publishes the data.
pub fn message_released() {
    send(Release, Acquire, false);
}

/// Fences publish the data.
pub fn message_fenced() {
    send(Relaxed, Relaxed, true);
}

/// Two threads that each say "I go" and then look whether the other one does.
fn cross(order: Ordering, look: Ordering) {
    let shared = Arc::new((AtomicBool::new(false), AtomicBool::new(false)));
    let theirs = shared.clone();
    let other = thread::spawn(move || {
        theirs.0.store(true, order);
        theirs.1.load(look)
    });
    shared.1.store(true, order);
    let seen = shared.0.load(look);
    let seen_by_other = other.join().unwrap();
    assert!(seen || seen_by_other, "both think that they are alone");
}

/// Each can miss what the other says.
pub fn both_go_first() {
    cross(Release, Acquire);
}

/// One of them is first for everybody.
pub fn both_go_first_seqcst() {
    cross(SeqCst, SeqCst);
}

/// Peterson, *Myths about the mutual exclusion problem* (1981), for two threads.
fn exclude(order: Ordering, look: Ordering) {
    let wants = [AtomicBool::new(false), AtomicBool::new(false)];
    let shared = Arc::new((wants, AtomicUsize::new(0), AtomicBool::new(false)));
    join((0..2).map(|me| {
        let shared = shared.clone();
        thread::spawn(move || {
            let (wants, turn, inside) = &*shared;
            wants[me].store(true, order);
            turn.store(1 - me, order);
            // Gives up instead of waiting: what matters is that never both get in.
            if wants[1 - me].load(look) && turn.load(look) != me {
                return;
            }
            assert!(!inside.swap(true, AcqRel), "both are inside");
            inside.store(false, Release);
            wants[me].store(false, order);
        })
    }));
}

/// Sound with `SeqCst`.
pub fn peterson() {
    exclude(SeqCst, SeqCst);
}

/// Unsound with less.
pub fn peterson_acquire() {
    exclude(Release, Acquire);
}

/// A worker that runs until it is told to stop.
pub fn stopped_by_a_flag() {
    let stop = Arc::new(AtomicBool::new(false));
    let theirs = stop.clone();
    let worker = thread::spawn(move || {
        while !theirs.load(Relaxed) {
            thread::yield_now();
        }
    });
    stop.store(true, Relaxed);
    worker.join().unwrap();
}

/// Waits for a flag that nobody sets.
pub fn waits_for_nobody() {
    let ready = AtomicBool::new(false);
    while !ready.load(Acquire) {
        thread::yield_now();
    }
}
