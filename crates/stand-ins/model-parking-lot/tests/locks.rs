//! The locks of `parking_lot`: what they share with those of std is tested there.

use std::time::Duration;

use explore::FailureKind;
use model_parking_lot::{
    FairMutex, MappedMutexGuard, Mutex, MutexGuard, Once, OnceState, RecursiveRwLock,
    ReentrantMutex, RwLock, RwLockReadGuard, RwLockUpgradableReadGuard, RwLockWriteGuard,
};
use model_std::sync::Arc;
use model_std::thread;
use model_std::time::Instant;

#[test]
fn opposite_locks_deadlock_within_ten_schedules() {
    let verdict = explore::threads().explore(|| {
        let alice = Arc::new(Mutex::new(10));
        let bob = Arc::new(Mutex::new(10));
        let (a, b) = (alice.clone(), bob.clone());
        let other = thread::spawn(move || {
            let (mut from, mut to) = (b.lock(), a.lock());
            *from -= 1;
            *to += 1;
        });
        {
            let (mut from, mut to) = (alice.lock(), bob.lock());
            *from -= 1;
            *to += 1;
        }
        other.join().unwrap();
    });
    verdict.expect_failure(FailureKind::Deadlock);
    assert!(verdict.schedules() <= 10, "{verdict}");
    let text = verdict.to_string();
    // The names and lines are those of the program, not of this crate or of lock_api.
    assert!(
        text.contains("locks alice") && text.contains("waits for lock bob"),
        "{text}"
    );
    assert!(text.contains("let (mut from, mut to)"), "{text}");
}

#[test]
fn a_panic_poisons_nothing() {
    let verdict = explore::threads().explore(|| {
        let total = Arc::new(Mutex::new(0));
        let theirs = total.clone();
        let other = thread::spawn(move || {
            *theirs.lock() += 1;
            let _guard = theirs.lock();
            panic!("in the middle");
        });
        assert!(other.join().is_err());
        assert_eq!(*total.lock(), 1);
    });
    verdict.expect_pass();
}

#[test]
fn a_timed_lock_gives_up() {
    for gives_up in [false, true] {
        let verdict = explore::threads().explore(move || {
            let lock = Mutex::new(());
            thread::scope(|scope| {
                scope.spawn(|| drop(lock.lock()));
                let begin = Instant::now();
                let guard = lock.try_lock_for(Duration::from_millis(5));
                if guard.is_none() {
                    assert_eq!(begin.elapsed(), Duration::from_millis(5));
                }
                assert_ne!(guard.is_none(), gives_up, "seen");
            });
        });
        verdict.expect_failure(FailureKind::Panicked);
    }
    let verdict = explore::threads().explore(|| {
        let lock = Mutex::new(());
        let guard = lock.lock();
        assert!(lock.try_lock().is_none() && lock.is_locked());
        let end = Instant::now() + Duration::from_secs(1);
        assert!(lock.try_lock_until(end).is_none(), "only time can end this");
        assert_eq!(Instant::now(), end);
        drop(guard);
        assert!(lock.try_lock_until(end).is_some() && !lock.is_locked());
    });
    verdict.expect_pass();
}

#[test]
fn two_timed_locks_that_give_up_and_release_do_not_deadlock() {
    let verdict = explore::threads().explore(|| {
        let (alice, bob) = (Mutex::new(0), Mutex::new(0));
        let both = |first: &Mutex<i32>, second: &Mutex<i32>| {
            let mut from = first.lock();
            if let Some(mut to) = second.try_lock_for(Duration::from_millis(1)) {
                *from -= 1;
                *to += 1;
            }
        };
        thread::scope(|scope| {
            scope.spawn(|| both(&alice, &bob));
            both(&bob, &alice);
        });
        assert_eq!(alice.into_inner() + bob.into_inner(), 0);
    });
    verdict.expect_pass();
    println!("two timed locks: {}", verdict.covered());
}

#[test]
fn a_guard_can_be_narrowed_lent_out_and_bumped() {
    let verdict = explore::threads().explore(|| {
        let pair = Mutex::new((1, 2));
        let mut second: MappedMutexGuard<'_, i32> =
            MutexGuard::map(pair.lock(), |pair| &mut pair.1);
        *second += 1;
        assert!(pair.try_lock().is_none());
        drop(second);
        let mut guard = pair.lock();
        MutexGuard::unlocked(&mut guard, || pair.lock().0 = 7);
        MutexGuard::bump(&mut guard);
        assert_eq!(*guard, (7, 3));
        MutexGuard::unlock_fair(guard);
        let mut pair = pair;
        pair.get_mut().0 = 8;
        assert_eq!(format!("{pair:?}"), "Mutex { data: (8, 3) }");
        let fair = FairMutex::from(pair.into_inner());
        assert_eq!(*fair.lock(), (8, 3));
    });
    verdict.expect_pass();
}

#[test]
fn while_the_lock_is_lent_out_others_get_it() {
    let verdict = explore::threads().explore(|| {
        let total = Mutex::new(0);
        thread::scope(|scope| {
            scope.spawn(|| *total.lock() += 1);
            let mut guard = total.lock();
            let before = *guard;
            MutexGuard::unlocked(&mut guard, thread::yield_now);
            assert_eq!(*guard, before, "somebody was here");
        });
    });
    verdict.expect_failure(FailureKind::Panicked);
}

#[test]
fn a_lock_that_its_owner_takes_again() {
    let verdict = explore::threads().explore(|| {
        let count = ReentrantMutex::new(std::cell::Cell::new(0));
        let add = || {
            let outer = count.lock();
            let inner = count.lock();
            let seen = inner.get();
            drop(inner);
            outer.set(seen + 1);
        };
        thread::scope(|scope| {
            scope.spawn(add);
            add();
        });
        assert_eq!(count.lock().get(), 2);
    });
    verdict.expect_pass();
}

#[test]
fn a_recursive_read_deadlocks_unless_the_lock_is_made_for_it() {
    let verdict = explore::threads().explore(|| {
        let prices = RwLock::new(1);
        thread::scope(|scope| {
            scope.spawn(|| *prices.write() = 2);
            let outer = prices.read();
            assert_eq!(*outer, *prices.read());
        });
    });
    verdict.expect_failure(FailureKind::Deadlock);
    assert!(verdict.schedules() <= 10, "{verdict}");
    let verdict = explore::threads().explore(|| {
        let prices = RecursiveRwLock::new(1);
        thread::scope(|scope| {
            scope.spawn(|| *prices.write() = 2);
            let outer = prices.read();
            assert_eq!(*outer, *prices.read());
        });
    });
    verdict.expect_pass();
}

#[test]
fn an_upgrade_lets_nobody_between() {
    let verdict = explore::threads().explore(|| {
        let price = RwLock::new(0);
        let raise = || {
            let guard = price.upgradable_read();
            let seen = *guard;
            let mut guard = RwLockUpgradableReadGuard::upgrade(guard);
            assert_eq!(*guard, seen);
            *guard += 1;
            let guard: RwLockReadGuard<'_, i32> = RwLockWriteGuard::downgrade(guard);
            assert_eq!(*guard, seen + 1);
        };
        thread::scope(|scope| {
            scope.spawn(raise);
            scope.spawn(|| *price.read());
            raise();
        });
        assert_eq!(*price.read(), 2);
    });
    verdict.expect_pass();
    println!("two upgrades and a reader: {}", verdict.covered());
}

#[test]
fn reading_first_and_writing_then_is_two_steps() {
    let verdict = explore::threads().explore(|| {
        let price = RwLock::new(0);
        let raise = || {
            let seen = *price.read();
            *price.write() = seen + 1;
        };
        thread::scope(|scope| {
            scope.spawn(raise);
            raise();
        });
        assert_eq!(*price.read(), 2, "an update was lost");
    });
    verdict.expect_failure(FailureKind::Panicked);
    assert!(verdict.schedules() <= 10, "{verdict}");
}

#[test]
fn an_upgrade_that_cannot_be_had_at_once_leaves_the_reader_a_reader() {
    let verdict = explore::threads().explore(|| {
        let price = RwLock::new(0);
        let reader = price.read();
        let guard = price.upgradable_read();
        assert!(price.try_upgradable_read().is_none() && price.try_write().is_none());
        let guard = RwLockUpgradableReadGuard::try_upgrade(guard).unwrap_err();
        let limit = Duration::from_millis(1);
        let guard = RwLockUpgradableReadGuard::try_upgrade_for(guard, limit).unwrap_err();
        assert!(price.try_read().is_some(), "nobody waits to write any more");
        drop(reader);
        let guard = RwLockUpgradableReadGuard::try_upgrade(guard).unwrap();
        assert!(price.is_locked_exclusive());
        let guard = RwLockWriteGuard::downgrade_to_upgradable(guard);
        assert!(price.is_locked() && !price.is_locked_exclusive());
        let guard = RwLockUpgradableReadGuard::downgrade(guard);
        assert!(price.try_upgradable_read().is_some());
        assert!(price.try_write_for(limit).is_none());
        drop(guard);
        assert!(price.try_write_for(limit).is_some());
        assert!(!price.is_locked());
    });
    verdict.expect_pass();
}

#[test]
fn a_once_knows_how_far_it_is() {
    let verdict = explore::threads().explore(|| {
        let start = Once::new();
        assert_eq!(start.state(), OnceState::New);
        let fails = model_std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            start.call_once(|| panic!("first"));
        }));
        assert!(fails.is_err() && start.state().is_poisoned());
        start.call_once_force(|state| {
            assert!(state.is_poisoned());
            assert_eq!(start.state(), OnceState::InProgress);
        });
        start.wait();
        assert!(start.is_completed() && Once::new_completed().is_completed());
    });
    verdict.expect_pass();
}
