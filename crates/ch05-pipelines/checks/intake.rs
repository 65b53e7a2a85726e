//! The stage with batches, a limit and a watch on memory, in every schedule within a bound.

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ch05_pipelines::intake::{Fate, Limits, take_in};
use tokio::sync::{mpsc, watch};
use tokio::time::{self, Instant};

const SECOND: Duration = Duration::from_secs(1);

fn limits(batch: usize, at_once: usize) -> Limits {
    let some = |number| NonZeroUsize::new(number).expect("some");
    Limits {
        batch: some(batch),
        at_once: some(at_once),
        every: 10 * SECOND,
        keep_one_in: some(5),
    }
}

/// A channel with these items, whose sender has gone.
fn items(number: u32) -> mpsc::Receiver<u32> {
    let (source, items) = mpsc::channel(16);
    for item in 1..=number {
        source.try_send(item).expect("there is room");
    }
    items
}

#[test]
fn the_last_batch_need_not_be_full() {
    let verdict = explore::tasks().explore(|| async {
        let sizes = Arc::new(Mutex::new(Vec::new()));
        let store = |batch: Vec<u32>| {
            sizes.lock().expect("no panic").push(batch.len());
            async {}
        };
        let (fate, _) = watch::channel(Fate::default());
        let end = take_in(items(7), limits(3, 1), || false, store, &fate).await;
        assert_eq!(end.stored, 7);
        assert_eq!(*sizes.lock().expect("no panic"), [3, 3, 1]);
    });
    verdict.expect_pass();
}

#[test]
fn a_batch_that_is_not_full_goes_out_at_the_next_tick() {
    let verdict = explore::tasks().explore(|| async {
        let (source, items) = mpsc::channel(1);
        let (fate, seen) = watch::channel(Fate::default());
        let storing = tokio::spawn(async move {
            take_in(items, limits(3, 1), || false, |_| async {}, &fate).await
        });
        source.send(7).await.expect("somebody receives");
        time::sleep(11 * SECOND).await;
        assert_eq!(seen.borrow().stored, 1, "the source is still there");
        drop(source);
        assert_eq!(storing.await.expect("no panic").stored, 1);
    });
    verdict.expect_pass();
}

#[test]
fn the_source_waits_while_all_places_are_taken() {
    let verdict = explore::tasks().explore(|| async {
        let (source, items) = mpsc::channel(1);
        let storing = tokio::spawn(async move {
            let (fate, _) = watch::channel(Fate::default());
            let store = |_| time::sleep(100 * SECOND);
            take_in(items, limits(1, 2), || false, store, &fate).await
        });
        let mut sent = 0;
        while time::timeout(SECOND, source.send(sent)).await.is_ok() {
            sent += 1;
        }
        // Two are being stored, one waits in the batch and one in the channel.
        assert_eq!(sent, 4);
        drop(source);
        assert_eq!(storing.await.expect("no panic").stored, 4);
    });
    verdict.expect_pass();
}

#[test]
fn one_in_five_is_kept_while_memory_is_short_and_all_are_counted() {
    let verdict = explore::tasks().explore(|| async {
        let (fate, _) = watch::channel(Fate::default());
        let looks = Cell::new(0);
        let memory_is_short = || {
            looks.set(looks.get() + 1);
            true
        };
        let store = |_| std::future::ready(());
        let end = take_in(items(10), limits(3, 1), memory_is_short, store, &fate).await;
        assert_eq!((end.stored, end.dropped), (2, 8));
        assert_eq!(looks.get(), 1, "one look for ten items");
    });
    verdict.expect_pass();
}

#[test]
fn a_batch_whose_store_panics_is_lost_and_the_rest_is_not() {
    let verdict = explore::tasks().explore(|| async {
        let store = |batch: Vec<u32>| async move {
            assert!(!batch.contains(&2), "the disk does not like a 2");
        };
        let (fate, _) = watch::channel(Fate::default());
        let end = take_in(items(5), limits(2, 2), || false, store, &fate).await;
        let expected = Fate {
            stored: 3,
            dropped: 0,
            lost: 2,
        };
        assert_eq!(end, expected);
    });
    verdict.expect_pass();
}

#[test]
fn the_last_batch_waits_for_a_place_too() {
    let verdict = explore::tasks().explore(|| async {
        let start = Instant::now();
        let store = |_| time::sleep(100 * SECOND);
        let (fate, _) = watch::channel(Fate::default());
        let end = take_in(items(3), limits(2, 1), || false, store, &fate).await;
        assert_eq!(end.stored, 3);
        assert_eq!(start.elapsed(), 200 * SECOND, "one after the other");
    });
    verdict.expect_pass();
}

#[test]
fn memory_is_looked_at_in_every_period_and_nothing_is_stored_if_there_is_nothing() {
    let verdict = explore::tasks().explore(|| async {
        let (source, items) = mpsc::channel(1);
        let (fate, _) = watch::channel(Fate::default());
        let sending = tokio::spawn(async move {
            // After the first tick, and after the third.
            for seconds in [15, 20] {
                time::sleep(seconds * SECOND).await;
                source.send(seconds).await.expect("somebody receives");
            }
        });
        let looks = Cell::new(0);
        // At the start it is not short, at the first tick it is, at the second it is not.
        let memory_is_short = || {
            looks.set(looks.get() + 1);
            looks.get() % 2 == 0
        };
        let batches = Cell::new(0);
        let store = |_| {
            batches.set(batches.get() + 1);
            std::future::ready(())
        };
        let end = take_in(items, limits(3, 1), memory_is_short, store, &fate).await;
        sending.await.expect("no panic");
        assert_eq!((end.stored, end.dropped), (0, 2), "at 15 s and at 35 s");
        assert_eq!(batches.get(), 0);
    });
    verdict.expect_pass();
}
