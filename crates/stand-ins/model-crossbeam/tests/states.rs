//! Schedules that are taken for one must be one: what is in a channel, and what came out of it,
//! tells states apart.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use model_crossbeam::channel::{Receiver, bounded, unbounded};
use model_std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use model_std::thread;

/// The numbers that a program returns in all its schedules.
fn all(program: impl Fn() -> (u32, u32) + Send + Sync + 'static) -> BTreeSet<(u32, u32)> {
    let seen = Arc::new(Mutex::new(BTreeSet::new()));
    let log = seen.clone();
    let body = move || {
        let numbers = program();
        log.lock().unwrap().insert(numbers);
    };
    explore::threads().bound(100).check(body);
    let seen = seen.lock().unwrap();
    seen.clone()
}

/// Two threads that have sent a number each, in either order.
fn two_sent() -> Receiver<u32> {
    let (sender, inbox) = unbounded();
    let threads = [1, 2].map(|number| {
        let sender = sender.clone();
        thread::spawn(move || sender.send(number).unwrap())
    });
    for thread in threads {
        thread.join().unwrap();
    }
    inbox
}

/// Whether another thread was faster: a choice that comes after all others.
fn faster() -> u32 {
    let flag = Arc::new(AtomicU32::new(0));
    let theirs = flag.clone();
    thread::spawn(move || theirs.store(1, SeqCst));
    flag.load(SeqCst)
}

const BOTH: [(u32, u32); 4] = [(1, 0), (1, 1), (2, 0), (2, 1)];

#[test]
fn the_order_of_messages_is_part_of_the_state() {
    let found = all(|| {
        let inbox = two_sent();
        let fast = faster();
        (inbox.recv().unwrap(), fast)
    });
    assert_eq!(found, BTreeSet::from(BOTH));
}

#[test]
fn what_was_received_is_part_of_the_state() {
    let found = all(|| {
        let inbox = two_sent();
        let first = inbox.recv().unwrap();
        inbox.recv().unwrap();
        (first, faster())
    });
    assert_eq!(found, BTreeSet::from(BOTH));
}

#[test]
fn who_offers_first_is_part_of_the_state() {
    let found = all(|| {
        let (sender, inbox) = bounded(0);
        let (ready, offered) = unbounded();
        let threads = [1, 2].map(|number| {
            let (sender, ready) = (sender.clone(), ready.clone());
            thread::spawn(move || {
                ready.send(()).unwrap();
                sender.send(number).unwrap();
            })
        });
        offered.recv().unwrap();
        offered.recv().unwrap();
        let fast = faster();
        let first = inbox.recv().unwrap();
        inbox.recv().unwrap();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        (first, fast)
    });
    assert_eq!(found, BTreeSet::from(BOTH));
}
