//! What is asked of the group, in every order in which the tasks can run.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use error_group::{ErrorGroup, Failure, Refused};
use tokio::sync::{Barrier, mpsc};
use tokio::time::{self, Instant};

/// What goes wrong with a catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mishap {
    NotFound,
    BadLine(usize),
}

/// At most so many catalogues are read at the same time.
fn group(at_most: usize) -> ErrorGroup<Mishap> {
    ErrorGroup::new(NonZeroUsize::new(at_most).expect("at least one"))
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A catalogue that cannot be read, as is found out after so many seconds.
async fn not_found(after: u64) -> Result<(), Mishap> {
    time::sleep(seconds(after)).await;
    Err(Mishap::NotFound)
}

/// Counts catalogues that were imported.
#[derive(Clone, Default)]
struct Imported(Arc<AtomicUsize>);

impl Imported {
    fn catalogue(&self, takes: u64) -> impl Future<Output = Result<(), Mishap>> + use<> {
        let imported = self.clone();
        async move {
            time::sleep(seconds(takes)).await;
            imported.0.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
    }

    fn number(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

#[test]
fn a_group_whose_tasks_all_succeed_succeeds() {
    explore::tasks().check(|| async {
        let end = group(2).wait().await;
        assert!(end == Ok(()), "an empty group ended as {end:?}");

        let imported = Imported::default();
        let mut group = group(2);
        for takes in [2, 1, 2] {
            let added = group.add(imported.catalogue(takes)).await;
            assert!(added == Ok(()), "of tasks that succeed, one was {added:?}");
        }
        let end = group.wait().await;
        assert!(end == Ok(()), "three tasks that succeed ended as {end:?}");
        let number = imported.number();
        assert!(number == 3, "{number} of 3 tasks were over after the wait");
    });
}

#[test]
fn tasks_run_at_the_same_time_and_before_anybody_waits() {
    explore::tasks().check(|| async {
        let all = Arc::new(Barrier::new(3));
        let mut group = group(2);
        for _ in 0..2 {
            let all = Arc::clone(&all);
            let task = async move {
                all.wait().await;
                Ok(())
            };
            group.add(task).await.expect("nothing has failed");
        }
        all.wait().await;
        assert_eq!(group.wait().await, Ok(()));
    });
}

#[test]
fn no_more_tasks_run_than_allowed() {
    explore::tasks().check(|| async {
        let (now, peak) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let mut group = group(2);
        for takes in [1, 1, 1] {
            let (now, peak) = (Arc::clone(&now), Arc::clone(&peak));
            let task = async move {
                peak.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                time::sleep(seconds(takes)).await;
                now.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            };
            group.add(task).await.expect("nothing has failed");
        }
        assert_eq!(group.wait().await, Ok(()));
        let peak = peak.load(Ordering::SeqCst);
        assert!(peak <= 2, "{peak} tasks were running, 2 were allowed");
    });
}

#[test]
fn an_add_waits_for_a_place_and_no_longer() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let mut group = group(2);
        let mut returned = Vec::new();
        for takes in [4000, 1234, 1000] {
            let task = async move {
                time::sleep(Duration::from_millis(takes)).await;
                Ok(())
            };
            group.add(task).await.expect("nothing has failed");
            returned.push(begin.elapsed().as_millis());
        }
        assert!(
            returned == [0, 0, 1234],
            "two at a time, of tasks of 4000, 1234 and 1000 ms: added after {returned:?} ms"
        );
        assert_eq!(group.wait().await, Ok(()));
        let took = begin.elapsed().as_millis();
        assert!(
            took == 4000,
            "the last task was over after 4000 ms, and the wait after {took} ms"
        );
    });
}

#[test]
fn with_a_single_place_an_add_waits_for_the_task_before() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let imported = Imported::default();
        let mut group = group(1);
        let mut returned = Vec::new();
        for takes in [2, 1] {
            let added = group.add(imported.catalogue(takes)).await;
            added.expect("nothing has failed");
            returned.push(begin.elapsed().as_secs());
        }
        assert_eq!(group.wait().await, Ok(()));
        returned.push(begin.elapsed().as_secs());
        assert!(
            returned == [0, 2, 3],
            "one at a time, of tasks of 2 and 1 s: added, added and all over after {returned:?} s"
        );
    });
}

#[test]
fn the_first_failure_stops_the_rest() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let imported = Imported::default();
        let mut group = group(3);
        group
            .add(imported.catalogue(8))
            .await
            .expect("nothing has failed");
        group.add(not_found(2)).await.expect("nothing has failed");
        let end = group.wait().await;
        assert!(
            end.is_err(),
            "a task failed, and the group ended as {end:?}"
        );
        let took = begin.elapsed().as_secs();
        assert!(took == 2, "a task failed after 2 s, the wait took {took} s");

        time::sleep(seconds(60)).await;
        let number = imported.number();
        assert!(number == 0, "a task of 8 s went on after one had failed");
    });
}

#[test]
fn a_failure_stops_the_rest_although_nobody_waits_yet() {
    explore::tasks().check(|| async {
        let imported = Imported::default();
        let mut group = group(3);
        group
            .add(imported.catalogue(8))
            .await
            .expect("nothing has failed");
        group.add(not_found(2)).await.expect("nothing has failed");
        time::sleep(seconds(60)).await;
        let number = imported.number();
        assert!(
            number == 0,
            "a task failed after 2 s, and one of 8 s went on until somebody waited"
        );
        assert_eq!(
            group.wait().await,
            Err(vec![Failure::Error(Mishap::NotFound)])
        );
    });
}

#[test]
fn a_task_that_was_stopped_has_not_failed() {
    explore::tasks().check(|| async {
        let imported = Imported::default();
        let mut group = group(3);
        group
            .add(imported.catalogue(8))
            .await
            .expect("nothing has failed");
        group.add(not_found(2)).await.expect("nothing has failed");
        group
            .add(imported.catalogue(8))
            .await
            .expect("nothing has failed");
        let end = group.wait().await;
        assert!(
            end == Err(vec![Failure::Error(Mishap::NotFound)]),
            "one task failed and two were stopped, and the group ended as {end:?}"
        );
    });
}

/// Tells when it is dropped.
struct Open(Arc<AtomicBool>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

#[test]
fn nothing_of_a_stopped_task_is_left_when_the_wait_returns() {
    explore::tasks().check(|| async {
        let open = Arc::new(AtomicBool::new(true));
        let file = Open(Arc::clone(&open));
        let mut group = group(2);
        let reader = async move {
            let _file = file;
            std::future::pending().await
        };
        group.add(reader).await.expect("nothing has failed");
        group.add(not_found(2)).await.expect("nothing has failed");
        let end = group.wait().await;
        assert!(
            end.is_err(),
            "a task failed, and the group ended as {end:?}"
        );
        let open = open.load(Ordering::SeqCst);
        assert!(!open, "the wait is over, and a stopped task holds its file");
    });
}

/// Adds three tasks, numbered from 1, that fail at the same time, unless others have failed before.
/// Their failures have to be reported.
async fn fail_together(
    fail: fn(usize) -> Result<(), Mishap>,
    failure: fn(usize) -> Failure<Mishap>,
) {
    let (log, mut failed) = mpsc::channel(3);
    let mut group = group(3);
    for line in 1..=3 {
        let log = log.clone();
        let task = async move {
            time::sleep(seconds(1)).await;
            // Others may run, and fail, before this.
            let place = log.reserve().await.expect("it is read below");
            place.send(line);
            fail(line)
        };
        // Perhaps the others have failed already.
        let _ = group.add(task).await;
    }
    drop(log);
    let end = group.wait().await;
    let mut lines = Vec::new();
    while let Some(line) = failed.recv().await {
        lines.push(line);
    }
    lines.sort_unstable();
    let expected: Vec<_> = lines.iter().map(|line| failure(*line)).collect();
    assert!(
        end == Err(expected),
        "of three tasks, these failed: {lines:?}, and the group ended as {end:?}"
    );
}

#[test]
fn every_failure_that_happened_is_reported_in_the_order_of_adding() {
    let fail = |line| Err(Mishap::BadLine(line));
    let failure = |line| Failure::Error(Mishap::BadLine(line));
    explore::tasks().check(move || fail_together(fail, failure));
}

#[test]
fn panics_and_errors_are_reported_in_one_order() {
    let fail = |line| match line {
        2 => Err(Mishap::NotFound),
        _ => panic!("line {line} has no price"),
    };
    let failure = |line| match line {
        2 => Failure::Error(Mishap::NotFound),
        _ => Failure::Panicked,
    };
    // However a panic is noticed, the group has to report it.
    let world = explore::tasks().may_lose_panics();
    world.check(move || fail_together(fail, failure));
}

#[test]
fn a_panic_is_a_failure_and_stops_the_rest() {
    // However a panic is noticed, the group has to report it.
    explore::tasks().may_lose_panics().check(|| async {
        let imported = Imported::default();
        let mut group = group(3);
        group
            .add(imported.catalogue(8))
            .await
            .expect("nothing has failed");
        let bad = async {
            time::sleep(seconds(2)).await;
            panic!("line 7 has no price");
        };
        group.add(bad).await.expect("nothing has failed");
        time::sleep(seconds(60)).await;
        let number = imported.number();
        assert!(number == 0, "a task of 8 s went on after one had panicked");
        let end = group.wait().await;
        assert!(
            end == Err(vec![Failure::Panicked]),
            "a task panicked, and the group ended as {end:?}"
        );
    });
}

#[test]
fn nothing_is_started_after_a_failure() {
    explore::tasks().check(|| async {
        let imported = Imported::default();
        let mut group = group(3);
        group.add(not_found(2)).await.expect("nothing has failed");
        time::sleep(seconds(3)).await;
        let added = group.add(imported.catalogue(0)).await;
        assert!(
            added == Err(Refused),
            "a task was added 1 s after another had failed: {added:?}"
        );
        let end = group.wait().await;
        assert!(
            end == Err(vec![Failure::Error(Mishap::NotFound)]),
            "one task failed and one was refused, and the group ended as {end:?}"
        );
        let number = imported.number();
        assert!(number == 0, "a task ran although another had failed");
    });
}

#[test]
fn an_add_that_waits_is_refused_when_a_task_fails() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let imported = Imported::default();
        let mut group = group(2);
        group.add(not_found(2)).await.expect("nothing has failed");
        group
            .add(imported.catalogue(8))
            .await
            .expect("nothing has failed");
        let added = group.add(imported.catalogue(0)).await;
        let took = begin.elapsed().as_secs();
        assert!(
            added == Err(Refused) && took == 2,
            "a task failed after 2 s, and one that waited was {added:?} after {took} s"
        );
        assert_eq!(
            group.wait().await,
            Err(vec![Failure::Error(Mishap::NotFound)])
        );
        let number = imported.number();
        assert!(number == 0, "{number} tasks ran on although one had failed");
    });
}

#[test]
fn a_group_that_is_dropped_leaves_nothing_running() {
    explore::tasks().check(|| async {
        let imported = Imported::default();
        let mut group = group(2);
        group
            .add(imported.catalogue(8))
            .await
            .expect("nothing has failed");
        group
            .add(imported.catalogue(8))
            .await
            .expect("nothing has failed");
        time::sleep(seconds(2)).await;
        drop(group);
        time::sleep(seconds(60)).await;
        let number = imported.number();
        assert!(
            number == 0,
            "{number} tasks went on after the group was dropped"
        );
    });
}

#[test]
fn a_wait_that_is_dropped_leaves_nothing_running() {
    explore::tasks().check(|| async {
        let imported = Imported::default();
        let mut group = group(2);
        group
            .add(imported.catalogue(8))
            .await
            .expect("nothing has failed");
        let end = time::timeout(seconds(2), group.wait()).await;
        assert!(end.is_err(), "a task of 8 s was over within 2 s");
        time::sleep(seconds(60)).await;
        let number = imported.number();
        assert!(
            number == 0,
            "{number} tasks went on after the wait was dropped"
        );
    });
}
