//! Mutexes that are poisoned and tried, and barriers.

use explore::FailureKind;
use model_std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use model_std::sync::{Arc, Barrier, Mutex, PoisonError, TryLockError};
use model_std::thread;

#[test]
fn a_panic_with_the_lock_poisons_it() {
    let verdict = explore::threads().explore(|| {
        let total = Arc::new(Mutex::new(0));
        let theirs = total.clone();
        let other = thread::spawn(move || {
            *theirs.lock().unwrap() = 1;
            let _guard = theirs.lock().unwrap();
            panic!("in the middle");
        });
        assert!(other.join().is_err());
        assert!(total.is_poisoned());
        assert!(matches!(total.try_lock(), Err(TryLockError::Poisoned(_))));
        let guard = total.lock().unwrap_or_else(PoisonError::into_inner);
        assert_eq!(*guard, 1);
        drop(guard);
        total.clear_poison();
        assert_eq!(*total.lock().unwrap(), 1);
    });
    verdict.expect_pass();
}

#[test]
fn who_unwraps_a_poisoned_lock_passes_the_panic_on() {
    let verdict = explore::threads().explore(|| {
        let total = Mutex::new(0);
        thread::scope(|scope| {
            let bad = scope.spawn(|| {
                let _guard = total.lock().unwrap();
                panic!("in the middle");
            });
            let good = scope.spawn(|| *total.lock().unwrap() += 1);
            assert!(bad.join().is_err());
            good.join().expect("the good one");
        });
    });
    verdict.expect_failure(FailureKind::Panicked);
    assert!(verdict.to_string().contains("PoisonError"), "{verdict}");
}

#[test]
fn a_guard_dropped_by_an_older_panic_poisons_nothing() {
    struct Cleanup(Arc<Mutex<u32>>);
    impl Drop for Cleanup {
        fn drop(&mut self) {
            assert!(thread::panicking());
            *self.0.lock().unwrap() += 1;
        }
    }
    let verdict = explore::threads().explore(|| {
        let total = Arc::new(Mutex::new(0));
        let theirs = total.clone();
        let other = thread::spawn(move || {
            let _cleanup = Cleanup(theirs);
            panic!("early");
        });
        assert!(other.join().is_err());
        assert_eq!(*total.lock().unwrap(), 1);
    });
    verdict.expect_pass();
}

#[test]
fn trying_finds_the_lock_free_or_held() {
    for held in [false, true] {
        let verdict = explore::threads().explore(move || {
            let lock = Mutex::new(());
            thread::scope(|scope| {
                scope.spawn(|| drop(lock.lock().unwrap()));
                assert_ne!(lock.try_lock().is_err(), held, "seen");
            });
        });
        verdict.expect_failure(FailureKind::Panicked);
    }
}

#[test]
fn a_barrier_holds_all_back_until_the_last() {
    let verdict = explore::threads().explore(|| {
        let (barrier, arrived) = (Barrier::new(3), AtomicUsize::new(0));
        let leaders = AtomicUsize::new(0);
        let work = || {
            for round in 1..=2 {
                arrived.fetch_add(1, SeqCst);
                if barrier.wait().is_leader() {
                    leaders.fetch_add(1, SeqCst);
                }
                assert!(arrived.load(SeqCst) >= 3 * round);
            }
        };
        thread::scope(|scope| {
            scope.spawn(work);
            scope.spawn(work);
            work();
        });
        assert_eq!(leaders.load(SeqCst), 2);
    });
    verdict.expect_pass();
    println!("a barrier for three, twice: {}", verdict.covered());
}

#[test]
fn a_barrier_with_a_party_missing_waits_for_ever() {
    let verdict = explore::threads().explore(|| {
        let start = Barrier::new(3);
        thread::scope(|scope| {
            scope.spawn(|| start.wait());
            start.wait();
        });
    });
    verdict.expect_failure(FailureKind::Deadlock);
    let text = verdict.to_string();
    assert!(text.contains("waits for 1 more at start"), "{text}");
    assert_eq!(verdict.schedules(), 1);
}
