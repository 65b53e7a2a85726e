//! The litmus tests of memory models: small programs with the set of all outcomes that the
//! standard allows. Where the explorer leaves one out, the test says which and why.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use model_std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};
use model_std::sync::atomic::{AtomicU32, fence};
use model_std::thread;

/// The locations that the threads share; all begin with 0.
#[derive(Default)]
struct Memory {
    x: AtomicU32,
    y: AtomicU32,
}

type Thread = fn(&Memory) -> Vec<u32>;

/// All that the threads can read, one after the other, and what `x` and `y` hold in the end.
fn outcomes(threads: &[Thread]) -> BTreeSet<(Vec<u32>, u32, u32)> {
    let (threads, found) = (threads.to_vec(), Arc::default());
    let outcomes: Arc<Mutex<BTreeSet<_>>> = Arc::clone(&found);
    let verdict = explore::threads().bound(20).explore(move || {
        let memory = Memory::default();
        let read = thread::scope(|scope| {
            let memory = &memory;
            let handles: Vec<_> = threads
                .iter()
                .map(|thread| scope.spawn(move || thread(memory)))
                .collect();
            let read = handles.into_iter().map(|handle| handle.join().unwrap());
            read.collect::<Vec<_>>().concat()
        });
        // Relaxed, so that no program is spared the memory model.
        let ends = (memory.x.load(Relaxed), memory.y.load(Relaxed));
        found.lock().unwrap().insert((read, ends.0, ends.1));
    });
    verdict.expect_pass();
    assert_eq!(verdict.coverage(), timeline::Coverage::Everything);
    let found = outcomes.lock().unwrap();
    found.clone()
}

/// What the threads can read.
#[track_caller]
fn assert_reads(threads: &[Thread], expected: &[&[u32]]) {
    let outcomes = outcomes(threads);
    let reads: BTreeSet<_> = outcomes.into_iter().map(|(reads, ..)| reads).collect();
    let expected: BTreeSet<_> = expected.iter().map(|reads| reads.to_vec()).collect();
    assert_eq!(reads, expected);
}

const ALL_OF_TWO: [&[u32]; 4] = [&[0, 0], &[0, 1], &[1, 0], &[1, 1]];
/// Message passing: whoever sees the flag `y` sees the data `x`.
const MESSAGE_PASSED: [&[u32]; 3] = [&[0, 0], &[0, 1], &[1, 1]];

fn read_flag_then_data(m: &Memory, flag: Ordering, data: Ordering) -> Vec<u32> {
    vec![m.y.load(flag), m.x.load(data)]
}

#[test]
fn message_passing_needs_release_and_acquire() {
    fn writes(m: &Memory, flag: Ordering) -> Vec<u32> {
        m.x.store(1, Relaxed);
        m.y.store(1, flag);
        Vec::new()
    }
    let relaxed: Thread = |m| writes(m, Relaxed);
    let release: Thread = |m| writes(m, Release);
    let reads_relaxed: Thread = |m| read_flag_then_data(m, Relaxed, Relaxed);
    let reads_acquire: Thread = |m| read_flag_then_data(m, Acquire, Relaxed);
    assert_reads(&[relaxed, reads_relaxed], &ALL_OF_TWO);
    assert_reads(&[relaxed, reads_acquire], &ALL_OF_TWO);
    assert_reads(&[release, reads_relaxed], &ALL_OF_TWO);
    assert_reads(&[release, reads_acquire], &MESSAGE_PASSED);
    assert_reads(
        &[
            |m| writes(m, SeqCst),
            |m| read_flag_then_data(m, SeqCst, Relaxed),
        ],
        &MESSAGE_PASSED,
    );
}

#[test]
fn fences_pass_messages_over_relaxed_operations() {
    let writes: Thread = |m| {
        m.x.store(1, Relaxed);
        fence(Release);
        m.y.store(1, Relaxed);
        Vec::new()
    };
    let reads: Thread = |m| {
        let flag = m.y.load(Relaxed);
        fence(Acquire);
        vec![flag, m.x.load(Relaxed)]
    };
    let reads_without: Thread = |m| read_flag_then_data(m, Relaxed, Relaxed);
    let writes_too_late: Thread = |m| {
        m.x.store(1, Relaxed);
        m.y.store(1, Relaxed);
        fence(Release);
        Vec::new()
    };
    assert_reads(&[writes, reads], &MESSAGE_PASSED);
    assert_reads(
        &[writes, |m| read_flag_then_data(m, Acquire, Relaxed)],
        &MESSAGE_PASSED,
    );
    assert_reads(&[writes, reads_without], &ALL_OF_TWO);
    assert_reads(&[writes_too_late, reads], &ALL_OF_TWO);
}

/// A thread does not pass on the release fence of its parent.
#[test]
fn a_fence_counts_for_its_own_thread() {
    let outcomes = outcomes(&[
        |m| {
            m.x.store(1, Relaxed);
            fence(Release);
            thread::scope(|scope| {
                scope.spawn(|| m.y.store(1, Relaxed));
            });
            Vec::new()
        },
        |m| {
            let flag = m.y.load(Relaxed);
            fence(Acquire);
            vec![flag, m.x.load(Relaxed)]
        },
    ]);
    assert!(outcomes.contains(&(vec![1, 0], 1, 1)), "{outcomes:?}");
}

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

/// Write to read causality: what is passed on by a third thread.
#[test]
fn what_was_seen_is_passed_on_with_release_and_acquire() {
    let writes: Thread = |m| {
        m.x.store(1, Relaxed);
        Vec::new()
    };
    let weak = outcomes(&[
        writes,
        |m| {
            let x = m.x.load(Relaxed);
            m.y.store(1, Relaxed);
            vec![x]
        },
        |m| read_flag_then_data(m, Acquire, Relaxed),
    ]);
    assert_eq!(weak.len(), 8, "every combination: {weak:?}");
    let strong = outcomes(&[
        writes,
        |m| {
            let x = m.x.load(Relaxed);
            m.y.store(1, Release);
            vec![x]
        },
        |m| read_flag_then_data(m, Acquire, Relaxed),
    ]);
    assert_eq!(strong.len(), 7, "{strong:?}");
    assert!(!strong.contains(&(vec![1, 1, 0], 1, 1)), "{strong:?}");
}

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

/// A read-modify-write carries on what the store that it read has published; a plain store, even
/// by the same thread, does not.
#[test]
fn a_release_sequence_is_carried_on_by_read_modify_writes() {
    let publishes: Thread = |m| {
        m.x.store(1, Relaxed);
        m.y.store(1, Release);
        Vec::new()
    };
    let reads: Thread = |m| read_flag_then_data(m, Acquire, Relaxed);
    let adds: Thread = |m| {
        m.y.fetch_add(10, Relaxed);
        Vec::new()
    };
    let added = outcomes(&[publishes, adds, reads]);
    let stale = |outcomes: &BTreeSet<(Vec<u32>, u32, u32)>, flag| {
        outcomes.iter().any(|(reads, ..)| *reads == [flag, 0])
    };
    assert!(!stale(&added, 1) && !stale(&added, 11), "{added:?}");
    assert!(stale(&added, 10), "the adder was first: {added:?}");
    let overwrites: Thread = |m| {
        m.x.store(1, Relaxed);
        m.y.store(1, Release);
        m.y.store(2, Relaxed);
        Vec::new()
    };
    let overwritten = outcomes(&[overwrites, reads]);
    assert!(
        !stale(&overwritten, 1) && stale(&overwritten, 2),
        "{overwritten:?}"
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
