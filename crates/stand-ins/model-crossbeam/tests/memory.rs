//! What a message publishes, and what it does not.

use std::sync::Arc;

use explore::FailureKind;
use model_crossbeam::channel::{bounded, unbounded};
use model_crossbeam::sync::WaitGroup;
use model_std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use model_std::thread;

#[test]
fn a_message_publishes_what_its_sender_did() {
    for capacity in [0, 1] {
        explore::threads().check(move || {
            let data = Arc::new(AtomicUsize::new(0));
            let (ready, inbox) = bounded(capacity);
            let theirs = data.clone();
            thread::spawn(move || {
                theirs.store(42, Relaxed);
                ready.send(()).unwrap();
            });
            inbox.recv().unwrap();
            assert_eq!(data.load(Relaxed), 42);
        });
    }
}

#[test]
fn a_message_publishes_nothing_of_other_senders() {
    let verdict = explore::threads().bound(2).explore(|| {
        let data = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
        let (sender, inbox) = unbounded();
        let (first, second) = (data.clone(), data.clone());
        let (one, two) = (sender.clone(), sender);
        thread::spawn(move || {
            first.0.store(42, Relaxed);
            one.send(1).unwrap();
            first.1.store(1, Relaxed);
        });
        thread::spawn(move || {
            while second.1.load(Relaxed) == 0 {}
            two.send(2).unwrap();
        });
        let other = inbox.clone();
        thread::spawn(move || other.recv());
        if inbox.recv() == Ok(2) {
            assert_eq!(
                data.0.load(Relaxed),
                42,
                "the second message says nothing of it"
            );
        }
    });
    verdict.expect_failure(FailureKind::Panicked);
    assert!(verdict.needs_memory_model(), "{verdict}");
}

#[test]
fn a_bounded_channel_is_a_semaphore() {
    explore::threads().bound(2).check(|| {
        let total = Arc::new(AtomicUsize::new(0));
        let (acquire, release) = bounded(1);
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let (total, acquire, release) = (total.clone(), acquire.clone(), release.clone());
                thread::spawn(move || {
                    acquire.send(()).unwrap();
                    total.store(total.load(Relaxed) + 1, Relaxed);
                    release.recv().unwrap();
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(total.load(Relaxed), 2);
    });
}

#[test]
fn the_end_of_a_channel_publishes_what_its_senders_did() {
    explore::threads().check(|| {
        let data = Arc::new(AtomicUsize::new(0));
        let (done, inbox) = unbounded::<()>();
        for _ in 0..2 {
            let (data, done) = (data.clone(), done.clone());
            thread::spawn(move || {
                data.fetch_add(21, Relaxed);
                drop(done);
            });
        }
        drop(done);
        assert!(inbox.recv().is_err());
        assert_eq!(data.load(Relaxed), 42);
    });
}

#[test]
fn the_end_of_a_group_publishes_what_its_members_did() {
    explore::threads().check(|| {
        let data = Arc::new(AtomicUsize::new(0));
        let group = WaitGroup::new();
        let (theirs, member) = (data.clone(), group.clone());
        thread::spawn(move || {
            theirs.store(42, Relaxed);
            drop(member);
        });
        group.wait();
        assert_eq!(data.load(Relaxed), 42);
    });
}
