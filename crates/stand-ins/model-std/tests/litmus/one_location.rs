//! One location, and what is not explored.

use model_std::sync::atomic::Ordering::{self, Acquire, Relaxed, Release};

use crate::{ALL_OF_TWO, MESSAGE_PASSED, Memory, Thread, assert_reads, outcomes};

#[test]
fn one_location_never_goes_back() {
    let reads_twice: Thread = |m| vec![m.x.load(Relaxed), m.x.load(Relaxed)];
    let writes_twice: Thread = |m| {
        m.x.store(1, Relaxed);
        m.x.store(2, Relaxed);
        vec![m.x.load(Relaxed)]
    };
    assert_reads(
        &[writes_twice, reads_twice],
        &[
            &[2, 0, 0],
            &[2, 0, 1],
            &[2, 0, 2],
            &[2, 1, 1],
            &[2, 1, 2],
            &[2, 2, 2],
        ],
    );
}

#[test]
fn a_weak_exchange_may_fail_for_nothing_and_a_strong_one_on_an_old_value() {
    let raises: Thread = |m| {
        m.x.store(1, Relaxed);
        Vec::new()
    };
    fn strong(m: &Memory, failure: Ordering) -> Vec<u32> {
        match m.x.compare_exchange(0, 5, Relaxed, failure) {
            Ok(old) => vec![1, old],
            Err(old) => vec![0, old],
        }
    }
    // It may read the 0 that is about to be gone only if it replaces it.
    assert_reads(&[raises, |m| strong(m, Relaxed)], &[&[1, 0], &[0, 1]]);
    let weak: Thread = |m| match m.x.compare_exchange_weak(0, 5, Relaxed, Relaxed) {
        Ok(old) => vec![1, old],
        Err(old) => vec![0, old],
    };
    assert_reads(&[raises, weak], &[&[1, 0], &[0, 1], &[0, 0]]);
    // A failed exchange is a load, and a load may be stale: it misses the 1 that it asks for.
    let asks_for_one: Thread = |m| {
        let flag = m.y.load(Relaxed);
        vec![
            flag,
            m.x.compare_exchange(1, 5, Relaxed, Relaxed).is_ok().into(),
        ]
    };
    let raises_both: Thread = |m| {
        m.x.store(1, Relaxed);
        m.y.store(1, Relaxed);
        Vec::new()
    };
    assert_reads(&[raises_both, asks_for_one], &ALL_OF_TWO);
    let asks_properly: Thread = |m| {
        let flag = m.y.load(Acquire);
        vec![
            flag,
            m.x.compare_exchange(1, 5, Relaxed, Relaxed).is_ok().into(),
        ]
    };
    let raises_properly: Thread = |m| {
        m.x.store(1, Relaxed);
        m.y.store(1, Release);
        Vec::new()
    };
    assert_reads(&[raises_properly, asks_properly], &MESSAGE_PASSED);
}

/// The outcomes that the standard allows and the explorer leaves out, as `memory.rs` says: no
/// load reads what is stored later, and stores to one location count in the order in which they
/// run.
#[test]
fn what_is_not_explored() {
    let load_buffering = outcomes(&[
        |m| {
            let y = m.y.load(Relaxed);
            m.x.store(1, Relaxed);
            vec![y]
        },
        |m| {
            let x = m.x.load(Relaxed);
            m.y.store(1, Relaxed);
            vec![x]
        },
    ]);
    assert_eq!(load_buffering.len(), 3, "not both 1: {load_buffering:?}");
    let both_first = outcomes(&[
        |m| {
            m.x.store(1, Relaxed);
            m.y.store(2, Relaxed);
            Vec::new()
        },
        |m| {
            m.y.store(1, Relaxed);
            m.x.store(2, Relaxed);
            Vec::new()
        },
    ]);
    assert_eq!(both_first.len(), 3, "not both 1: {both_first:?}");
}
