//! Small programs whose schedules a person can count.

use explore::FailureKind;
use model_std::sync::atomic::{AtomicUsize, Ordering};
use model_std::sync::{Arc, Mutex};
use model_std::thread;

fn add_one(hits: &AtomicUsize) {
    let seen = hits.load(Ordering::SeqCst);
    hits.store(seen + 1, Ordering::SeqCst);
}

#[test]
fn a_lost_update_is_found() {
    let verdict = explore::threads().explore(|| {
        let hits = Arc::new(AtomicUsize::new(0));
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let hits = hits.clone();
                thread::spawn(move || add_one(&hits))
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(hits.load(Ordering::SeqCst), 2, "an update was lost");
    });
    println!("{verdict}");
    verdict.expect_failure(FailureKind::Panicked);
    assert!(verdict.schedules() <= 10, "{verdict}");
}

#[test]
fn opposite_locks_deadlock() {
    let verdict = explore::threads().explore(|| {
        let alice = Arc::new(Mutex::new(10));
        let bob = Arc::new(Mutex::new(10));
        let (a, b) = (alice.clone(), bob.clone());
        let other = thread::spawn(move || {
            let mut from = b.lock().unwrap();
            let mut to = a.lock().unwrap();
            *from -= 1;
            *to += 1;
        });
        {
            let mut from = alice.lock().unwrap();
            let mut to = bob.lock().unwrap();
            *from -= 1;
            *to += 1;
        }
        other.join().unwrap();
    });
    println!("{verdict}");
    verdict.expect_failure(FailureKind::Deadlock);
    assert!(verdict.schedules() <= 10, "{verdict}");
}

#[test]
fn one_order_of_locks_holds() {
    let verdict = explore::threads().explore(|| {
        let alice = Arc::new(Mutex::new(10));
        let bob = Arc::new(Mutex::new(10));
        let threads: Vec<_> = (0..3)
            .map(|_| {
                let (a, b) = (alice.clone(), bob.clone());
                thread::spawn(move || {
                    let mut from = a.lock().unwrap();
                    let mut to = b.lock().unwrap();
                    *from -= 1;
                    *to += 1;
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
    });
    println!("{verdict}");
    verdict.expect_pass();
}

#[test]
fn a_relaxed_flag_publishes_nothing() {
    let verdict = explore::threads().explore(|| {
        let data = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
        let theirs = data.clone();
        let writer = thread::spawn(move || {
            theirs.0.store(42, Ordering::Relaxed);
            theirs.1.store(1, Ordering::Relaxed);
        });
        while data.1.load(Ordering::Acquire) == 0 {}
        assert_eq!(data.0.load(Ordering::Relaxed), 42);
        writer.join().unwrap();
    });
    println!("{verdict}");
    verdict.expect_failure(FailureKind::Panicked);
    assert!(verdict.needs_memory_model());
}
