//! Readers and writers.

use explore::FailureKind;
use model_std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use model_std::sync::{Arc, RwLock, RwLockWriteGuard, TryLockError};
use model_std::thread;

#[test]
fn readers_share_and_writers_do_not() {
    let verdict = explore::threads().explore(|| {
        let price = Arc::new(RwLock::new((1, 1)));
        let inside = Arc::new(AtomicUsize::new(0));
        let writer = {
            let (price, inside) = (price.clone(), inside.clone());
            thread::spawn(move || {
                let mut price = price.write().unwrap();
                assert_eq!(inside.load(SeqCst), 0, "a reader is inside");
                price.0 += 1;
                price.1 += 1;
            })
        };
        let reader = {
            let (price, inside) = (price.clone(), inside.clone());
            thread::spawn(move || {
                let price = price.read().unwrap();
                inside.fetch_add(1, SeqCst);
                assert_eq!(price.0, price.1);
                inside.fetch_sub(1, SeqCst);
            })
        };
        {
            let price = price.read().unwrap();
            assert_eq!(price.0, price.1);
        }
        writer.join().unwrap();
        reader.join().unwrap();
        assert_eq!(*price.read().unwrap(), (2, 2));
    });
    verdict.expect_pass();
    println!("two readers and a writer: {}", verdict.covered());
}

#[test]
fn two_readers_can_be_inside_at_once() {
    let verdict = explore::threads().explore(|| {
        let lock = RwLock::new(());
        let inside = AtomicUsize::new(0);
        let read = || {
            let _guard = lock.read().unwrap();
            let others = inside.fetch_add(1, SeqCst);
            assert_eq!(others, 0, "together");
            inside.fetch_sub(1, SeqCst);
        };
        thread::scope(|scope| {
            scope.spawn(read);
            read();
        });
    });
    verdict.expect_failure(FailureKind::Panicked);
}

#[test]
fn a_recursive_read_deadlocks_with_a_writer_between() {
    let verdict = explore::threads().explore(|| {
        let prices = RwLock::new(1);
        thread::scope(|scope| {
            scope.spawn(|| *prices.write().unwrap() = 2);
            let outer = prices.read().unwrap();
            let inner = prices.read().unwrap();
            assert_eq!(*outer, *inner);
        });
    });
    verdict.expect_failure(FailureKind::Deadlock);
    assert!(verdict.schedules() <= 10, "{verdict}");
    println!("{verdict}");
    let text = verdict.to_string();
    assert!(
        text.contains("waits behind a writer to read prices"),
        "{text}"
    );
}

#[test]
fn a_reader_that_becomes_a_writer_waits_for_itself() {
    let verdict = explore::threads().explore(|| {
        let price = RwLock::new(1);
        let old = price.read().unwrap();
        *price.write().unwrap() = *old + 1;
    });
    verdict.expect_failure(FailureKind::Deadlock);
    assert_eq!(verdict.schedules(), 1);
}

#[test]
fn a_write_lock_that_is_downgraded_lets_no_writer_between() {
    let verdict = explore::threads().explore(|| {
        let price = RwLock::new(0);
        let raise = || {
            let mut guard = price.write().unwrap();
            *guard += 1;
            let mine = *guard;
            let guard = RwLockWriteGuard::downgrade(guard);
            assert_eq!(*guard, mine);
        };
        thread::scope(|scope| {
            scope.spawn(raise);
            raise();
        });
        assert_eq!(*price.read().unwrap(), 2);
    });
    verdict.expect_pass();
}

#[test]
fn what_cannot_be_had_at_once_is_refused() {
    let verdict = explore::threads().explore(|| {
        let lock = RwLock::new(0);
        let reader = lock.read().unwrap();
        assert!(lock.try_read().is_ok());
        assert!(matches!(lock.try_write(), Err(TryLockError::WouldBlock)));
        drop(reader);
        let writer = lock.try_write().unwrap();
        assert!(matches!(lock.try_read(), Err(TryLockError::WouldBlock)));
        drop(writer);
        assert!(lock.try_read().is_ok());
    });
    verdict.expect_pass();
}

#[test]
fn only_a_writer_poisons() {
    let verdict = explore::threads().explore(|| {
        let lock = Arc::new(RwLock::new(0));
        let other = lock.clone();
        let reads = thread::spawn(move || {
            let _guard = other.read().unwrap();
            panic!("while reading");
        });
        assert!(reads.join().is_err());
        assert!(!lock.is_poisoned());
        let other = lock.clone();
        let writes = thread::spawn(move || {
            let _guard = other.write().unwrap();
            panic!("while writing");
        });
        assert!(writes.join().is_err());
        assert!(lock.is_poisoned());
        assert!(lock.read().is_err() && lock.try_write().is_err());
        lock.clear_poison();
        assert!(lock.read().is_ok());
    });
    verdict.expect_pass();
}
