//! What all threads agree on.

use model_std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};
use model_std::sync::atomic::{AtomicU32, fence};

use crate::{ALL_OF_TWO, Thread, assert_reads, outcomes};

fn store_then_load(stores: &AtomicU32, loads: &AtomicU32, orders: [Ordering; 2]) -> Vec<u32> {
    stores.store(1, orders[0]);
    vec![loads.load(orders[1])]
}

/// Store buffering, the core of Dekker's algorithm: each raises its flag and looks at the other's.
#[test]
fn two_raised_flags_are_seen_only_with_seqcst() {
    let one_is_seen = &ALL_OF_TWO[1..];
    assert_reads(
        &[
            |m| store_then_load(&m.x, &m.y, [Release, Acquire]),
            |m| store_then_load(&m.y, &m.x, [Release, Acquire]),
        ],
        &ALL_OF_TWO,
    );
    assert_reads(
        &[
            |m| store_then_load(&m.x, &m.y, [SeqCst, SeqCst]),
            |m| store_then_load(&m.y, &m.x, [SeqCst, SeqCst]),
        ],
        one_is_seen,
    );
    // One side alone is not enough.
    assert_reads(
        &[
            |m| store_then_load(&m.x, &m.y, [SeqCst, SeqCst]),
            |m| store_then_load(&m.y, &m.x, [Release, SeqCst]),
        ],
        &ALL_OF_TWO,
    );
    let fenced: Thread = |m| {
        m.x.store(1, Relaxed);
        fence(SeqCst);
        vec![m.y.load(Relaxed)]
    };
    let fenced_too: Thread = |m| {
        m.y.store(1, Relaxed);
        fence(SeqCst);
        vec![m.x.load(Relaxed)]
    };
    let fenced_badly: Thread = |m| {
        m.y.store(1, Relaxed);
        fence(AcqRel);
        vec![m.x.load(Relaxed)]
    };
    assert_reads(&[fenced, fenced_too], one_is_seen);
    assert_reads(&[fenced, fenced_badly], &ALL_OF_TWO);
    // A read-modify-write reads the newest value, whatever its ordering.
    assert_reads(
        &[
            |m| vec![m.x.swap(1, Relaxed), m.y.fetch_add(0, Relaxed)],
            |m| vec![m.y.swap(1, Relaxed), m.x.fetch_add(0, Relaxed)],
        ],
        &[&[0, 0, 0, 1], &[0, 1, 0, 0], &[0, 1, 0, 1]],
    );
}

/// Independent reads of independent writes: two readers may disagree on who wrote first.
#[test]
fn readers_agree_on_the_order_of_writes_only_with_seqcst() {
    let disagree = (vec![1, 0, 1, 0], 1, 1);
    let weak = outcomes(&[
        |m| {
            m.x.store(1, Release);
            Vec::new()
        },
        |m| {
            m.y.store(1, Release);
            Vec::new()
        },
        |m| vec![m.x.load(Acquire), m.y.load(Acquire)],
        |m| vec![m.y.load(Acquire), m.x.load(Acquire)],
    ]);
    assert_eq!(weak.len(), 16, "every combination: {weak:?}");
    let strong = outcomes(&[
        |m| {
            m.x.store(1, SeqCst);
            Vec::new()
        },
        |m| {
            m.y.store(1, SeqCst);
            Vec::new()
        },
        |m| vec![m.x.load(SeqCst), m.y.load(SeqCst)],
        |m| vec![m.y.load(SeqCst), m.x.load(SeqCst)],
    ]);
    assert_eq!(strong.len(), 15, "{strong:?}");
    assert!(!strong.contains(&disagree), "{strong:?}");
    let fenced = outcomes(&[
        |m| {
            m.x.store(1, Relaxed);
            Vec::new()
        },
        |m| {
            m.y.store(1, Relaxed);
            Vec::new()
        },
        |m| {
            let x = m.x.load(Relaxed);
            fence(SeqCst);
            vec![x, m.y.load(Relaxed)]
        },
        |m| {
            let y = m.y.load(Relaxed);
            fence(SeqCst);
            vec![y, m.x.load(Relaxed)]
        },
    ]);
    assert_eq!(fenced.len(), 15, "{fenced:?}");
    assert!(!fenced.contains(&disagree), "{fenced:?}");
}

/// `SeqCst` loads agree on what they have read, also where the stores are relaxed.
#[test]
fn seqcst_loads_of_one_location_agree() {
    let reads = outcomes(&[
        |m| {
            m.x.store(1, Relaxed);
            Vec::new()
        },
        |m| {
            let x = m.x.load(SeqCst);
            m.y.store(1, SeqCst);
            vec![x]
        },
        |m| vec![m.y.load(SeqCst), m.x.load(SeqCst)],
    ]);
    assert!(!reads.contains(&(vec![1, 1, 0], 1, 1)), "{reads:?}");
    assert!(reads.contains(&(vec![0, 1, 0], 1, 1)), "{reads:?}");
    // Whoever read `y = 0` came before the store to `y`, and so did its load of `x`.
    let reads = outcomes(&[
        |m| {
            m.x.store(1, Relaxed);
            Vec::new()
        },
        |m| vec![m.x.load(SeqCst), m.y.load(SeqCst)],
        |m| {
            m.y.store(1, SeqCst);
            vec![m.x.load(SeqCst)]
        },
    ]);
    assert!(!reads.contains(&(vec![1, 0, 0], 1, 1)), "{reads:?}");
    assert_eq!(reads.len(), 7, "{reads:?}");
}
