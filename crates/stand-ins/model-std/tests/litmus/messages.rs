//! What one thread publishes and another sees.

use std::collections::BTreeSet;

use model_std::sync::atomic::Ordering::{self, Acquire, Relaxed, Release, SeqCst};
use model_std::sync::atomic::fence;
use model_std::thread;

use crate::{
    ALL_OF_TWO, MESSAGE_PASSED, Memory, Thread, assert_reads, outcomes, read_flag_then_data,
};

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
