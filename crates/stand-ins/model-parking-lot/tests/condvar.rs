//! The condition variable of `parking_lot`.

use std::time::Duration;

use explore::FailureKind;
use model_parking_lot::{Condvar, Mutex};
use model_std::thread;

#[test]
fn it_never_wakes_without_a_reason() {
    let verdict = explore::threads().explore(|| {
        let (ready, changed) = (Mutex::new(false), Condvar::new());
        thread::scope(|scope| {
            scope.spawn(|| {
                let mut guard = ready.lock();
                if !*guard {
                    changed.wait(&mut guard);
                }
                assert!(*guard);
            });
            *ready.lock() = true;
            changed.notify_one();
        });
    });
    verdict.expect_pass();
}

#[test]
fn a_wake_up_is_lost_and_counted() {
    let verdict = explore::threads().explore(|| {
        let (ready, changed) = (Mutex::new(false), Condvar::new());
        assert_eq!((changed.notify_one(), changed.notify_all()), (false, 0));
        thread::scope(|scope| {
            scope.spawn(|| changed.wait(&mut ready.lock()));
            changed.notify_all();
        });
    });
    verdict.expect_failure(FailureKind::Deadlock);
    let text = verdict.to_string();
    assert!(text.contains("nobody waits: lost"), "{text}");
    let verdict = explore::threads().explore(|| {
        let (asleep, changed) = (Mutex::new(0), Condvar::new());
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let mut asleep = asleep.lock();
                    *asleep += 1;
                    changed.wait_while(&mut asleep, |asleep| *asleep < 10);
                });
            }
            let mut guard = asleep.lock();
            let waiting = *guard;
            *guard = 10;
            assert_eq!(changed.notify_one(), waiting > 0);
            assert_eq!(changed.notify_all(), usize::from(waiting == 2));
        });
    });
    verdict.expect_pass();
}

#[test]
fn a_timed_wait_ends_both_ways() {
    for timed_out in [false, true] {
        let verdict = explore::threads().explore(move || {
            let (ready, changed) = (Mutex::new(false), Condvar::new());
            thread::scope(|scope| {
                scope.spawn(|| {
                    *ready.lock() = true;
                    changed.notify_one();
                });
                let mut guard = ready.lock();
                let limit = Duration::from_millis(1);
                let result = changed.wait_while_for(&mut guard, |ready| !*ready, limit);
                assert_eq!(result.timed_out(), !*guard);
                assert_ne!(result.timed_out(), timed_out, "seen");
            });
        });
        verdict.expect_failure(FailureKind::Panicked);
        assert!(verdict.to_string().contains("seen"), "{verdict}");
    }
}

/// Shown here, where nobody wakes without a reason.
#[test]
fn the_one_that_slept_first_need_not_be_woken_first() {
    for first in 0..2 {
        let verdict = explore::threads().explore(move || {
            let (asleep, woken) = (Mutex::new(Vec::new()), Mutex::new(None));
            let changed = Condvar::new();
            thread::scope(|scope| {
                for name in 0..2 {
                    let (asleep, woken, changed) = (&asleep, &woken, &changed);
                    scope.spawn(move || {
                        let mut guard = asleep.lock();
                        guard.push(name);
                        while !guard.contains(&9) {
                            changed.wait(&mut guard);
                        }
                        woken.lock().get_or_insert(name);
                    });
                }
                let mut guard = asleep.lock();
                let sleepers = guard.clone();
                guard.push(9);
                changed.notify_one();
                drop(guard);
                let woken = woken.lock().take();
                changed.notify_all();
                if let ([_, _], Some(name)) = (sleepers.as_slice(), woken) {
                    assert_ne!(name, sleepers[first], "this one was woken");
                }
            });
        });
        verdict.expect_failure(FailureKind::Panicked);
        let text = verdict.to_string();
        assert!(text.contains("this one was woken"), "{text}");
    }
}

/// Who was notified and waits for the lock no longer looks at the clock.
#[test]
fn a_notification_before_the_end_counts() {
    let verdict = explore::threads().explore(|| {
        let (ready, changed) = (Mutex::new(()), Condvar::new());
        thread::scope(|scope| {
            let waiter = scope.spawn(|| {
                let mut guard = ready.lock();
                let limit = Duration::from_millis(1);
                changed.wait_for(&mut guard, limit).timed_out()
            });
            let guard = ready.lock();
            let notified = changed.notify_one();
            thread::sleep(Duration::from_secs(1));
            drop(guard);
            assert_eq!(waiter.join().unwrap(), !notified);
        });
    });
    verdict.expect_pass();
}
