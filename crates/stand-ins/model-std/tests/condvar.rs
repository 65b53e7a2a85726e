//! Condition variables: what is lost, stolen, and woken for nothing.

use std::time::Duration;

use explore::{FailureKind, Verdict};
use model_std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use model_std::sync::{Arc, Condvar, Mutex};
use model_std::{thread, time::Instant};

/// A flag that one thread waits for with `wait`, and another sets.
fn flag(wait: fn(&Mutex<bool>, &Condvar)) -> Verdict {
    explore::threads().explore(move || {
        let ready = Mutex::new(false);
        let changed = Condvar::new();
        thread::scope(|scope| {
            scope.spawn(|| wait(&ready, &changed));
            *ready.lock().unwrap() = true;
            changed.notify_one();
        });
    })
}

#[test]
fn a_loop_around_the_wait_holds() {
    let verdict = flag(|ready, changed| {
        let mut ready = ready.lock().unwrap();
        while !*ready {
            ready = changed.wait(ready).unwrap();
        }
    });
    verdict.expect_pass();
    let verdict = flag(|ready, changed| {
        let ready = ready.lock().unwrap();
        assert!(*changed.wait_while(ready, |ready| !*ready).unwrap());
    });
    verdict.expect_pass();
}

#[test]
fn an_if_around_the_wait_falls_to_a_wake_up_without_a_reason() {
    let verdict = flag(|ready, changed| {
        let mut ready = ready.lock().unwrap();
        if !*ready {
            ready = changed.wait(ready).unwrap();
        }
        assert!(*ready);
    });
    // The assertion in a scoped thread makes the scope panic.
    verdict.expect_failure(FailureKind::Panicked);
    assert!(
        verdict.to_string().contains("without a reason"),
        "{verdict}"
    );
    assert!(verdict.schedules() <= 10, "{verdict}");
}

#[test]
fn a_wait_without_looking_sleeps_for_ever() {
    let verdict = flag(|ready, changed| {
        let guard = ready.lock().unwrap();
        drop(changed.wait(guard).unwrap());
    });
    verdict.expect_failure(FailureKind::Deadlock);
    assert!(
        verdict.to_string().contains("nobody waits: lost"),
        "{verdict}"
    );
}

#[test]
fn a_flag_beside_the_lock_loses_the_wake_up() {
    let verdict = explore::threads().explore(|| {
        let ready = AtomicBool::new(false);
        let (lock, changed) = (Mutex::new(()), Condvar::new());
        thread::scope(|scope| {
            scope.spawn(|| {
                let mut guard = lock.lock().unwrap();
                while !ready.load(SeqCst) {
                    guard = changed.wait(guard).unwrap();
                }
            });
            ready.store(true, SeqCst);
            changed.notify_one();
        });
    });
    verdict.expect_failure(FailureKind::Deadlock);
    assert!(verdict.schedules() <= 10, "{verdict}");
}

/// Two consumers and two items; with `if` a consumer that was woken finds that the other one,
/// which never slept, has taken its item.
fn two_consumers(wait: fn(&Mutex<u32>, &Condvar)) -> Verdict {
    explore::threads().explore(move || {
        let items = Arc::new(Mutex::new(0));
        let arrived = Arc::new(Condvar::new());
        let consumers: Vec<_> = (0..2)
            .map(|_| {
                let (items, arrived) = (items.clone(), arrived.clone());
                thread::spawn(move || wait(&items, &arrived))
            })
            .collect();
        for _ in 0..2 {
            *items.lock().unwrap() += 1;
            arrived.notify_one();
        }
        for consumer in consumers {
            consumer.join().unwrap();
        }
        assert_eq!(*items.lock().unwrap(), 0);
    })
}

#[test]
fn an_item_can_be_stolen_from_a_consumer_that_was_woken() {
    let verdict = two_consumers(|items, arrived| {
        let mut items = items.lock().unwrap();
        if *items == 0 {
            items = arrived.wait(items).unwrap();
        }
        *items = items.checked_sub(1).expect("an item");
    });
    verdict.expect_failure(FailureKind::Panicked);
    let verdict = two_consumers(|items, arrived| {
        let mut items = items.lock().unwrap();
        while *items == 0 {
            items = arrived.wait(items).unwrap();
        }
        *items -= 1;
    });
    verdict.expect_pass();
    println!("two consumers: {}", verdict.covered());
}

/// One slot, a producer and a consumer of two items each kind of waiter on one condvar.
fn one_slot(notify: fn(&Condvar)) -> Verdict {
    explore::threads().explore(move || {
        let slot = Mutex::new(false);
        let changed = Condvar::new();
        let put = || {
            let full = slot.lock().unwrap();
            *changed.wait_while(full, |full| *full).unwrap() = true;
            notify(&changed);
        };
        let take = || {
            let full = slot.lock().unwrap();
            *changed.wait_while(full, |full| !*full).unwrap() = false;
            notify(&changed);
        };
        thread::scope(|scope| {
            scope.spawn(put);
            scope.spawn(take);
            scope.spawn(take);
            put();
        });
    })
}

#[test]
fn notify_one_can_wake_the_wrong_kind_of_waiter() {
    let verdict = one_slot(Condvar::notify_one);
    println!("{verdict}");
    verdict.expect_failure(FailureKind::Deadlock);
    let verdict = one_slot(Condvar::notify_all);
    verdict.expect_pass();
    println!("one slot, two kinds of waiters: {}", verdict.covered());
}

#[test]
fn a_timed_wait_ends_both_ways() {
    for timed_out in [false, true] {
        let verdict = explore::threads().explore(move || {
            let (ready, changed) = (Mutex::new(false), Condvar::new());
            thread::scope(|scope| {
                scope.spawn(|| {
                    let begin = Instant::now();
                    let (ready, result) = changed
                        .wait_timeout_while(
                            ready.lock().unwrap(),
                            Duration::from_millis(50),
                            |ready| !*ready,
                        )
                        .unwrap();
                    assert!(*ready || result.timed_out());
                    if result.timed_out() {
                        assert_eq!(begin.elapsed(), Duration::from_millis(50));
                    }
                    assert_ne!(result.timed_out(), timed_out, "seen");
                });
                *ready.lock().unwrap() = true;
                changed.notify_one();
            });
        });
        verdict.expect_failure(FailureKind::Panicked);
    }
}

#[test]
fn nobody_but_time_ends_a_timed_wait_that_nobody_notifies() {
    let verdict = explore::threads().explore(|| {
        let (lock, never) = (Mutex::new(()), Condvar::new());
        let begin = Instant::now();
        let mut guard = lock.lock().unwrap();
        let mut result;
        loop {
            (guard, result) = never.wait_timeout(guard, Duration::from_secs(5)).unwrap();
            if result.timed_out() {
                break;
            }
        }
        assert_eq!(begin.elapsed(), Duration::from_secs(5));
    });
    verdict.expect_pass();
}

#[test]
fn a_wait_longer_than_a_life_ends_only_by_a_notification() {
    let verdict = flag(|ready, changed| {
        let mut ready = ready.lock().unwrap();
        while !*ready {
            let (guard, result) = changed.wait_timeout(ready, Duration::MAX).unwrap();
            assert!(!result.timed_out(), "at the end of all days");
            ready = guard;
        }
    });
    verdict.expect_pass();
}

#[test]
fn a_timed_wait_that_ends_early_is_not_a_notification() {
    let verdict = flag(|ready, changed| {
        let guard = ready.lock().unwrap();
        if *guard {
            return;
        }
        let (guard, result) = changed.wait_timeout(guard, Duration::from_secs(1)).unwrap();
        assert!(*guard || result.timed_out(), "woken for nothing");
    });
    verdict.expect_failure(FailureKind::Panicked);
    assert!(
        verdict.to_string().contains("woken for nothing"),
        "{verdict}"
    );
}

#[test]
fn a_condvar_serves_one_mutex_at_a_time() {
    let verdict = explore::threads().explore(|| {
        let (one, other, changed) = (Mutex::new(()), Mutex::new(()), Condvar::new());
        thread::scope(|scope| {
            scope.spawn(|| drop(changed.wait(one.lock().unwrap())));
            drop(changed.wait(other.lock().unwrap()));
        });
    });
    // Nobody is left to wake the other.
    verdict.expect_failure(FailureKind::Deadlock);
    let text = &verdict.failure().unwrap().message;
    let what = "before that T1 panicked (attempted to use a condition variable with two mutexes";
    assert!(text.contains(what), "{text}");
}
