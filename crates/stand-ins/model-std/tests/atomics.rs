//! What programs build from atomics, and the operations of each.
#![allow(unsafe_code, reason = "a list of pointers is the use of `AtomicPtr`")]

use explore::{FailureKind, Verdict};
use model_std::sync::Mutex;
use model_std::sync::atomic::Ordering::{self, Acquire, Relaxed, Release, SeqCst};
use model_std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU8, AtomicUsize, fence};
use model_std::{hint, thread};

/// A lock of one flag, around a counter whose own accesses order nothing.
fn spin_lock(unlock: Ordering) -> Verdict {
    explore::threads().explore(move || {
        let (held, count) = (AtomicBool::new(false), AtomicUsize::new(0));
        let add = || {
            while held.swap(true, Acquire) {
                hint::spin_loop();
            }
            count.store(count.load(Relaxed) + 1, Relaxed);
            held.store(false, unlock);
        };
        thread::scope(|scope| {
            scope.spawn(add);
            add();
        });
        assert_eq!(count.load(Relaxed), 2);
    })
}

#[test]
fn a_spin_lock_needs_a_release_to_unlock() {
    let verdict = spin_lock(Release);
    verdict.expect_pass();
    println!("spin lock: {}", verdict.covered());
    let verdict = spin_lock(Relaxed);
    verdict.expect_failure(FailureKind::Panicked);
    assert!(verdict.needs_memory_model(), "{verdict}");
}

#[test]
fn a_spin_lock_that_nobody_unlocks_goes_round_in_circles() {
    let verdict = explore::threads().explore(|| {
        let held = AtomicBool::new(true);
        while held
            .compare_exchange(false, true, Acquire, Relaxed)
            .is_err()
        {
            hint::spin_loop();
        }
    });
    verdict.expect_failure(FailureKind::Livelock);
}

/// Double-checked locking: whoever sees the flag does without the lock.
fn double_checked(order: [Ordering; 2]) -> Verdict {
    explore::threads().explore(move || {
        let (ready, value) = (AtomicBool::new(false), AtomicUsize::new(0));
        let lock = Mutex::new(());
        let get = || {
            if !ready.load(order[0]) {
                let _guard = lock.lock().unwrap();
                if !ready.load(Relaxed) {
                    value.store(42, Relaxed);
                    ready.store(true, order[1]);
                }
            }
            value.load(Relaxed)
        };
        thread::scope(|scope| {
            scope.spawn(|| assert_eq!(get(), 42));
            assert_eq!(get(), 42);
        });
    })
}

#[test]
fn double_checked_locking_needs_acquire_and_release() {
    double_checked([Acquire, Release]).expect_pass();
    for order in [[Relaxed, Release], [Acquire, Relaxed], [Relaxed, Relaxed]] {
        let verdict = double_checked(order);
        verdict.expect_failure(FailureKind::Panicked);
        assert!(verdict.needs_memory_model(), "{verdict}");
    }
}

/// Two that each raise a flag and enter only if the other's is down.
fn dekker(store: Ordering, load: Ordering, fenced: bool) -> Verdict {
    explore::threads().explore(move || {
        let flags = [AtomicBool::new(false), AtomicBool::new(false)];
        let inside = AtomicUsize::new(0);
        let enter = |me: usize| {
            flags[me].store(true, store);
            if fenced {
                fence(SeqCst);
            }
            if !flags[1 - me].load(load) {
                assert_eq!(inside.fetch_add(1, SeqCst), 0, "both are inside");
            }
        };
        thread::scope(|scope| {
            scope.spawn(|| enter(0));
            enter(1);
        });
    })
}

#[test]
fn flags_exclude_each_other_only_with_seqcst() {
    dekker(SeqCst, SeqCst, false).expect_pass();
    dekker(Relaxed, Relaxed, true).expect_pass();
    let verdict = dekker(Release, Acquire, false);
    verdict.expect_failure(FailureKind::Panicked);
    assert!(verdict.needs_memory_model(), "{verdict}");
}

#[test]
fn a_weak_exchange_belongs_in_a_loop() {
    let verdict = explore::threads().explore(|| {
        let state = AtomicU8::new(0);
        let won = state.compare_exchange_weak(0, 1, SeqCst, SeqCst);
        assert_eq!(won, Ok(0), "nobody else was there");
    });
    verdict.expect_failure(FailureKind::Panicked);
    assert!(
        verdict.to_string().contains("without a reason"),
        "{verdict}"
    );
    let verdict = explore::threads().explore(|| {
        let state = AtomicU8::new(0);
        while state.compare_exchange_weak(0, 1, SeqCst, SeqCst).is_err() {}
        let strong = AtomicU8::new(0);
        assert_eq!(strong.compare_exchange(0, 1, SeqCst, SeqCst), Ok(0));
    });
    verdict.expect_pass();
}

/// A stack of boxes: push by exchange, drain by swap.
#[test]
fn a_list_of_pointers_loses_nothing() {
    struct Node(usize, *mut Node);
    let verdict = explore::threads().explore(|| {
        let head = AtomicPtr::<Node>::default();
        let push = |value| {
            let node = Box::into_raw(Box::new(Node(value, head.load(Relaxed))));
            loop {
                // SAFETY: the node is not in the list yet.
                let next = unsafe { (*node).1 };
                match head.compare_exchange_weak(next, node, Release, Relaxed) {
                    Ok(_) => break,
                    // SAFETY: as above.
                    Err(newer) => unsafe { (*node).1 = newer },
                }
            }
        };
        thread::scope(|scope| {
            scope.spawn(|| push(1));
            push(2);
        });
        let mut sum = 0;
        let mut next = head.swap(std::ptr::null_mut(), Acquire);
        while !next.is_null() {
            // SAFETY: every node came from a box, and the list is ours now.
            let node = unsafe { Box::from_raw(next) };
            sum += node.0;
            next = node.1;
        }
        assert_eq!(sum, 3);
        assert!(head.into_inner().is_null());
    });
    verdict.expect_pass();
    println!("two pushes: {}", verdict.covered());
}

#[test]
fn integers_wrap_and_cut_as_in_std() {
    let verdict = explore::threads().explore(|| {
        use model_std::sync::atomic::{AtomicI8, AtomicI64, AtomicU16};
        let small = AtomicI8::new(127);
        assert_eq!(small.fetch_add(1, SeqCst), 127);
        assert_eq!(small.load(SeqCst), -128);
        assert_eq!(small.fetch_max(-1, SeqCst), -128);
        assert_eq!(small.compare_exchange(-1, 5, SeqCst, SeqCst), Ok(-1));
        let mut small = small;
        *small.get_mut() -= 6;
        assert_eq!(small.swap(3, SeqCst), -1);
        assert_eq!(small.compare_exchange(3, -3, SeqCst, SeqCst), Ok(3));
        assert_eq!(small.into_inner(), -3);
        let bits = AtomicU16::new(0b1100);
        bits.fetch_and(0b0110, SeqCst);
        bits.fetch_or(0b0001, SeqCst);
        bits.fetch_xor(0b1111, SeqCst);
        assert_eq!(bits.fetch_nand(0b1000, SeqCst), 0b1010);
        assert_eq!(bits.fetch_sub(0, SeqCst), !0b1000);
        assert_eq!(bits.fetch_min(9, SeqCst), !0b1000);
        assert_eq!(bits.load(SeqCst), 9);
        let wide = AtomicI64::new(i64::MIN);
        assert_eq!(wide.fetch_update(SeqCst, SeqCst, |_| None), Err(i64::MIN));
        assert_eq!(wide.update(SeqCst, SeqCst, |n| n + 1), i64::MIN);
        assert_eq!(format!("{wide:?}"), (i64::MIN + 1).to_string());
        let flag = AtomicBool::new(true);
        assert!(flag.fetch_not(SeqCst) && !flag.fetch_or(true, SeqCst));
        assert!(flag.fetch_nand(true, SeqCst) && !flag.fetch_xor(true, SeqCst));
        assert!(flag.fetch_and(false, SeqCst) && !flag.into_inner());
    });
    verdict.expect_pass();
}

#[test]
fn orderings_that_make_no_sense_panic_as_in_std() {
    let programs: [fn(&AtomicBool); 4] = [
        |flag| assert!(flag.load(Release)),
        |flag| flag.store(true, Acquire),
        |flag| assert!(flag.compare_exchange(true, true, SeqCst, Release).is_ok()),
        |_| fence(Relaxed),
    ];
    for program in programs {
        let verdict = explore::threads().explore(move || program(&AtomicBool::new(false)));
        verdict.expect_failure(FailureKind::Panicked);
        assert!(verdict.to_string().contains("no such thing"), "{verdict}");
    }
}
