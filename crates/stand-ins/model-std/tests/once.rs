//! What happens once, and what begins anew in every run.

use explore::FailureKind;
use model_std::panic::{AssertUnwindSafe, catch_unwind};
use model_std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering::SeqCst};
use model_std::sync::{LazyLock, Mutex, Once, OnceLock};
use model_std::thread;

#[test]
fn two_that_initialise_do_it_once() {
    let verdict = explore::threads().explore(|| {
        let (cell, calls) = (OnceLock::new(), AtomicUsize::new(0));
        let get = |mine| *cell.get_or_init(|| mine + calls.fetch_add(1, SeqCst));
        let (mine, theirs) = thread::scope(|scope| {
            let other = scope.spawn(|| get(10));
            (get(20), other.join().unwrap())
        });
        assert_eq!(mine, theirs);
        assert_eq!(calls.load(SeqCst), 1);
    });
    verdict.expect_pass();
    println!("get_or_init by two: {}", verdict.covered());
}

#[test]
fn looking_first_and_setting_then_is_two_steps() {
    let verdict = explore::threads().explore(|| {
        let cell = OnceLock::new();
        let set = |value| {
            if cell.get().is_none() {
                cell.set(value).expect("it was empty");
            }
        };
        thread::scope(|scope| {
            scope.spawn(|| set(1));
            set(2);
        });
    });
    verdict.expect_failure(FailureKind::Panicked);
    assert!(verdict.schedules() <= 10, "{verdict}");
}

#[test]
fn whoever_waits_for_a_value_sees_it() {
    let verdict = explore::threads().explore(|| {
        let cell = OnceLock::new();
        thread::scope(|scope| {
            scope.spawn(|| cell.set(7).unwrap());
            assert_eq!(*cell.wait(), 7);
        });
        let mut cell = cell;
        assert_eq!((cell.take(), cell.get()), (Some(7), None));
        cell.set(8).unwrap();
        assert_eq!((cell.set(9), cell.into_inner()), (Err(9), Some(8)));
    });
    verdict.expect_pass();
    let verdict = explore::threads().explore(|| {
        OnceLock::<u32>::new().wait();
    });
    verdict.expect_failure(FailureKind::Deadlock);
}

#[test]
fn an_initialisation_that_needs_itself_waits_for_ever() {
    let verdict = explore::threads().explore(|| {
        let start = Once::new();
        start.call_once(|| start.call_once(|| ()));
    });
    verdict.expect_failure(FailureKind::Deadlock);
    let text = verdict.to_string();
    assert!(text.contains("held by itself"), "{text}");
    let verdict = explore::threads().explore(|| {
        let name: OnceLock<u32> = OnceLock::new();
        name.get_or_init(|| *name.get_or_init(|| 1));
    });
    verdict.expect_failure(FailureKind::Deadlock);
}

#[test]
fn a_panic_poisons_a_once_and_a_lazy_lock_but_not_a_once_lock() {
    let verdict = explore::threads().explore(|| {
        let fails = |f: &dyn Fn()| assert!(catch_unwind(AssertUnwindSafe(f)).is_err());
        let start = Once::new();
        fails(&|| start.call_once(|| panic!("first")));
        fails(&|| start.call_once(|| ()));
        fails(&|| start.wait());
        start.call_once_force(|state| assert!(state.is_poisoned()));
        start.call_once(|| panic!("it is done"));
        assert!(start.is_completed());

        let lazy: LazyLock<u32, _> = LazyLock::new(|| panic!("first"));
        fails(&|| drop(LazyLock::force(&lazy).to_string()));
        fails(&|| drop(LazyLock::force(&lazy).to_string()));

        let cell: OnceLock<String> = OnceLock::new();
        fails(&|| drop(cell.get_or_init(|| panic!("first")).clone()));
        assert_eq!(cell.get_or_init(|| "second".to_owned()), "second");
    });
    verdict.expect_pass();
}

#[test]
fn others_wait_while_a_lazy_value_is_made() {
    let verdict = explore::threads().explore(|| {
        let made = AtomicUsize::new(0);
        let table = LazyLock::new(|| {
            made.fetch_add(1, SeqCst);
            made.fetch_add(1, SeqCst)
        });
        thread::scope(|scope| {
            scope.spawn(|| assert_eq!(*table, 1));
            assert_eq!(*table, 1);
        });
        assert_eq!(made.load(SeqCst), 2);
    });
    verdict.expect_pass();
}

static COUNT: AtomicUsize = AtomicUsize::new(5);
static START: Once = Once::new();
static TABLE: LazyLock<Mutex<Vec<usize>>> = LazyLock::new(|| Mutex::new(vec![1]));
static NAME: OnceLock<String> = OnceLock::new();
static POINTER: AtomicPtr<usize> = AtomicPtr::new(std::ptr::null_mut());

/// Every schedule finds the statics as the program begins with them.
#[test]
fn statics_begin_anew_in_every_run() {
    let verdict = explore::threads().explore(|| {
        assert_eq!(COUNT.fetch_add(1, SeqCst), 5);
        assert!(NAME.get().is_none() && !START.is_completed());
        assert!(POINTER.load(SeqCst).is_null());
        let work = || {
            START.call_once(|| NAME.set("anew".to_owned()).unwrap());
            TABLE.lock().unwrap().push(COUNT.fetch_add(1, SeqCst));
        };
        thread::scope(|scope| {
            scope.spawn(work);
            work();
        });
        let table = TABLE.lock().unwrap().clone();
        assert!(table == [1, 6, 7] || table == [1, 7, 6], "{table:?}");
        assert_eq!(NAME.get().map(String::as_str), Some("anew"));
        POINTER.store(&mut 1, SeqCst);
    });
    verdict.expect_pass();
    assert!(verdict.schedules() > 1);
}

static LOCK: Mutex<u32> = Mutex::new(1);

#[test]
fn a_static_mutex_keeps_its_value_and_is_refused() {
    let verdict = explore::threads().explore(|| {
        thread::scope(|scope| {
            scope.spawn(|| *LOCK.lock().unwrap() += 1);
            *LOCK.lock().unwrap() += 1;
        });
    });
    verdict.expect_failure(FailureKind::NotGradable);
    let text = verdict.to_string();
    assert!(text.contains("a `static` Mutex keeps its value"), "{text}");
}
