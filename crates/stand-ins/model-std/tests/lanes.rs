//! Threads: scopes, names, parking, time.

use std::time::Duration;

use explore::FailureKind;
use model_std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use model_std::sync::{Arc, Mutex};
use model_std::thread::{self, Builder};
use model_std::time::{Instant, SystemTime, UNIX_EPOCH};

#[test]
fn a_scope_waits_for_its_threads_and_lends_them_what_it_has() {
    let verdict = explore::threads().explore(|| {
        let mut totals = [0, 0];
        let hits = AtomicUsize::new(0);
        let length = thread::scope(|scope| {
            for total in &mut totals {
                scope.spawn(|| {
                    hits.fetch_add(1, SeqCst);
                    *total += 1;
                    scope.spawn(|| hits.fetch_add(10, SeqCst));
                });
            }
            let handle = scope.spawn(|| "three".len());
            handle.join().unwrap()
        });
        assert_eq!((length, totals, hits.load(SeqCst)), (5, [1, 1], 22));
    });
    verdict.expect_pass();
}

#[test]
fn a_scope_panics_when_a_thread_has_and_nobody_joined_it() {
    let verdict = explore::threads().explore(|| {
        thread::scope(|scope| {
            scope.spawn(|| panic!("no"));
        });
    });
    verdict.expect_failure(FailureKind::Panicked);
    let text = verdict.to_string();
    assert!(text.contains("a scoped thread panicked"), "{text}");
    let verdict = explore::threads().explore(|| {
        thread::scope(|scope| {
            assert!(scope.spawn(|| panic!("no")).join().is_err());
        });
    });
    verdict.expect_pass();
}

#[test]
fn a_scope_that_panics_waits_first() {
    let verdict = explore::threads().explore(|| {
        let done = AtomicBool::new(false);
        let result = model_std::panic::catch_unwind(model_std::panic::AssertUnwindSafe(|| {
            thread::scope(|scope| {
                scope.spawn(|| done.store(true, SeqCst));
                panic!("early");
            });
        }));
        assert!(result.is_err() && done.load(SeqCst));
    });
    verdict.expect_pass();
}

#[test]
fn a_builder_names_its_thread() {
    let verdict = explore::threads().explore(|| {
        assert_eq!(thread::current().name(), Some("main"));
        let worker = Builder::new().name("worker".to_owned()).stack_size(1 << 16);
        let worker = worker.spawn(|| (thread::current().id(), thread::current()));
        let worker = worker.unwrap();
        assert_eq!(worker.thread().name(), Some("worker"));
        let id = worker.thread().id();
        let (own, thread) = worker.join().unwrap();
        assert_eq!((own, thread.name()), (id, Some("worker")));
        assert_ne!(own, thread::current().id());
        let name = thread::scope(|scope| {
            let named = Builder::new().name("scoped".to_owned());
            let name = named.spawn_scoped(scope, || thread::current().name().map(str::to_owned));
            name.unwrap().join().unwrap()
        });
        assert_eq!(name.as_deref(), Some("scoped"));
        assert_eq!(thread::spawn(|| ()).thread().name(), None);
    });
    verdict.expect_pass();
    assert!(verdict.to_string().contains("worker"), "{verdict}");
}

#[test]
fn a_token_left_early_is_found_and_counts_once() {
    let verdict = explore::threads().explore(|| {
        let main = thread::current();
        main.unpark();
        thread::park();
        let ready = Arc::new(AtomicBool::new(false));
        let theirs = ready.clone();
        let other = thread::spawn(move || {
            theirs.store(true, SeqCst);
            main.unpark();
        });
        while !ready.load(SeqCst) {
            thread::park();
        }
        other.join().unwrap();
    });
    verdict.expect_pass();
    let verdict = explore::threads().explore(|| {
        thread::current().unpark();
        thread::current().unpark();
        thread::park();
        thread::park();
    });
    verdict.expect_failure(FailureKind::Deadlock);
    assert!(verdict.to_string().contains("is parked"), "{verdict}");
}

#[test]
fn a_park_can_return_without_a_reason() {
    let verdict = explore::threads().explore(|| {
        let ready = Arc::new(AtomicBool::new(false));
        let (theirs, main) = (ready.clone(), thread::current());
        let other = thread::spawn(move || {
            theirs.store(true, SeqCst);
            main.unpark();
        });
        thread::park();
        assert!(ready.load(SeqCst), "woken for nothing");
        other.join().unwrap();
    });
    verdict.expect_failure(FailureKind::Panicked);
    assert!(
        verdict.to_string().contains("without a reason"),
        "{verdict}"
    );
}

#[test]
fn sleeping_is_not_waiting() {
    let program = |wait: fn(&AtomicBool)| {
        move || {
            let ready = Arc::new(AtomicBool::new(false));
            let theirs = ready.clone();
            let other = thread::spawn(move || theirs.store(true, SeqCst));
            wait(&ready);
            assert!(ready.load(SeqCst), "too early");
            other.join().unwrap();
        }
    };
    let sleeps = |_: &AtomicBool| thread::sleep(Duration::from_secs(10));
    let verdict = explore::threads().explore(program(sleeps));
    verdict.expect_failure(FailureKind::Panicked);
    // Without a departure the others do go first.
    let verdict = explore::threads().bound(0).explore(program(sleeps));
    verdict.expect_pass();
    let polls = |ready: &AtomicBool| {
        while !ready.load(SeqCst) {
            thread::sleep(Duration::from_secs(10));
        }
    };
    explore::threads().explore(program(polls)).expect_pass();
    let spins = |ready: &AtomicBool| {
        while !ready.load(SeqCst) {
            thread::yield_now();
        }
    };
    explore::threads().explore(program(spins)).expect_pass();
    let spins = |ready: &AtomicBool| {
        while !ready.load(SeqCst) {
            model_std::hint::spin_loop();
        }
    };
    explore::threads().explore(program(spins)).expect_pass();
}

#[test]
fn the_clock_moves_when_somebody_sleeps() {
    let verdict = explore::threads().explore(|| {
        let (begin, day) = (Instant::now(), SystemTime::now());
        assert_eq!(begin, Instant::now());
        thread::sleep(Duration::from_millis(30));
        assert_eq!(begin.elapsed(), Duration::from_millis(30));
        assert_eq!(begin + Duration::from_millis(30), Instant::now());
        assert_eq!(day.elapsed().unwrap(), Duration::from_millis(30));
        let since = day.duration_since(UNIX_EPOCH).unwrap();
        assert_eq!(since.as_secs() / 31_557_600, 2026 - 1970);
        assert!(UNIX_EPOCH.duration_since(day).is_err());
        thread::park_timeout(Duration::from_secs(2));
        assert!(begin.elapsed() <= Duration::from_millis(2_030));
    });
    verdict.expect_pass();
}

#[test]
fn who_sleeps_longer_wakes_later_unless_somebody_is_slow() {
    let program = || {
        let order = Arc::new(Mutex::new(Vec::new()));
        let sleepers: Vec<_> = [2, 1]
            .map(|length| {
                let order = order.clone();
                thread::spawn(move || {
                    thread::sleep(Duration::from_secs(length));
                    order.lock().unwrap().push(length);
                })
            })
            .into();
        for sleeper in sleepers {
            sleeper.join().unwrap();
        }
        assert_eq!(*order.lock().unwrap(), [1, 2]);
    };
    explore::threads().bound(0).explore(program).expect_pass();
    let verdict = explore::threads().explore(program);
    verdict.expect_failure(FailureKind::Panicked);
}

#[test]
fn a_panic_reaches_join_and_a_dropped_handle_loses_it() {
    let verdict = explore::threads().explore(|| {
        let panics = thread::spawn(|| panic!("out of paper"));
        let payload = panics.join().unwrap_err();
        assert_eq!(payload.downcast_ref(), Some(&"out of paper"));
    });
    verdict.expect_pass();
    let verdict = explore::threads().explore(|| {
        drop(thread::spawn(|| panic!("out of paper")));
    });
    verdict.expect_failure(FailureKind::LostPanic);
}

#[test]
fn is_finished_tells_the_truth_of_the_moment() {
    let verdict = explore::threads().explore(|| {
        let ready = Arc::new(AtomicBool::new(false));
        let theirs = ready.clone();
        let other = thread::spawn(move || theirs.store(true, SeqCst));
        while !other.is_finished() {
            thread::yield_now();
        }
        assert!(ready.load(SeqCst));
        other.join().unwrap();
    });
    verdict.expect_pass();
    let verdict = explore::threads().explore(|| {
        let ready = Arc::new(AtomicBool::new(false));
        let other = thread::spawn(move || ready.store(true, SeqCst));
        assert!(!other.is_finished(), "it was quick");
        other.join().unwrap();
    });
    verdict.expect_failure(FailureKind::Panicked);
}

#[test]
fn a_thread_that_nobody_ends_is_left_behind() {
    let verdict = explore::threads().explore(|| {
        thread::spawn(|| {
            loop {
                thread::park();
            }
        });
    });
    verdict.expect_failure(FailureKind::LeftBehind);
}
