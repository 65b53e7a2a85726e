//! Facts that the chapter states about `futures` and about numbers of workers, in virtual time.

use std::time::Duration;

use explore::FailureKind;
use futures::future::try_join_all;
use futures::stream::{self, StreamExt};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{self, Instant};

async fn seconds(count: u64) -> u64 {
    time::sleep(Duration::from_secs(count)).await;
    count
}

#[test]
fn a_buffer_of_none_waits_for_ever() {
    let verdict = explore::tasks().explore(|| async {
        let items = stream::iter([1]).map(seconds).buffer_unordered(0);
        drop(items.collect::<Vec<_>>().await);
    });
    verdict.expect_failure(FailureKind::Deadlock);
    let verdict = explore::tasks().explore(|| async {
        let items = stream::iter([1]).map(seconds).buffered(0);
        drop(items.collect::<Vec<_>>().await);
    });
    verdict.expect_failure(FailureKind::Deadlock);
    let verdict = explore::tasks().explore(|| async {
        let none = Semaphore::new(0);
        drop(none.acquire().await);
    });
    verdict.expect_failure(FailureKind::Deadlock);
}

#[test]
fn for_each_concurrent_takes_zero_for_no_limit() {
    explore::tasks().check(|| async {
        let began = Instant::now();
        stream::iter([1; 5])
            .for_each_concurrent(0, async |count| drop(seconds(count).await))
            .await;
        assert_eq!(began.elapsed(), Duration::from_secs(1));
    });
}

/// One item takes ten seconds, and nineteen take one.
#[test]
fn an_answer_that_is_not_its_turn_holds_its_place() {
    explore::tasks().check(|| async {
        let items = || stream::iter(std::iter::once(10).chain([1; 19])).map(seconds);
        let began = Instant::now();
        drop(items().buffered(2).collect::<Vec<_>>().await);
        assert_eq!(began.elapsed(), Duration::from_secs(19));
        let began = Instant::now();
        drop(items().buffer_unordered(2).collect::<Vec<_>>().await);
        assert_eq!(began.elapsed(), Duration::from_secs(15));
    });
}

/// Three stages of a second each, and four items.
#[test]
fn stages_in_one_task_overlap_only_if_each_has_room_for_two() {
    explore::tasks().bound(1).check(|| async {
        let stage = async |item: u64| {
            time::sleep(Duration::from_millis(500)).await;
            time::sleep(Duration::from_millis(500)).await;
            item
        };
        let began = Instant::now();
        let ones = stream::iter(0..4).map(stage).buffered(1);
        let ones = ones.map(stage).buffered(1).map(stage).buffered(1);
        assert_eq!(ones.count().await, 4);
        assert_eq!(began.elapsed(), Duration::from_secs(12));

        let began = Instant::now();
        let twos = stream::iter(0..4).map(stage).buffered(2);
        let twos = twos.map(stage).buffered(2).map(stage).buffered(2);
        assert_eq!(twos.count().await, 4);
        assert!(began.elapsed() < Duration::from_secs(6));

        let began = Instant::now();
        let (first, items) = mpsc::channel(1);
        let mut items = items;
        for _ in 0..3 {
            let (next, out) = mpsc::channel(1);
            tokio::spawn(async move {
                while let Some(item) = items.recv().await {
                    time::sleep(Duration::from_secs(1)).await;
                    next.send(item).await.expect("somebody takes it");
                }
            });
            items = out;
        }
        let feeding = tokio::spawn(async move {
            for item in 0..4 {
                first.send(item).await.expect("somebody takes it");
            }
        });
        while items.recv().await.is_some() {}
        feeding.await.expect("feeding does not panic");
        assert_eq!(began.elapsed(), Duration::from_secs(6));
    });
}

/// Twenty numbers, five at a time, a tenth of a second each.
#[test]
fn twenty_numbers_on_five_take_four_tenths_of_a_second() {
    explore::tasks().bound(1).check(|| async {
        let began = Instant::now();
        let double = async |number: u32| {
            time::sleep(Duration::from_millis(100)).await;
            number * 2
        };
        let doubled = stream::iter(1..=20).map(double).buffer_unordered(5);
        let sum = doubled.fold(0, async |sum, number| sum + number).await;
        assert_eq!((sum, began.elapsed().as_millis()), (420, 400));
    });
}

/// The last of all fails after one second; the others need ten.
async fn error_among(count: usize) -> Duration {
    let began = Instant::now();
    let items = (1..=count).map(|item| async move {
        if item == count {
            time::sleep(Duration::from_secs(1)).await;
            return Err(item);
        }
        time::sleep(Duration::from_secs(10)).await;
        Ok(item)
    });
    assert!(try_join_all(items).await.is_err());
    began.elapsed()
}

#[test]
fn among_more_than_thirty_an_error_waits_for_its_turn() {
    explore::tasks().check(|| async {
        assert_eq!(error_among(30).await, Duration::from_secs(1));
        assert_eq!(error_among(31).await, Duration::from_secs(10));
    });
}

/// What 800 jobs of 100 ms take on four cores, of which each computes so much and waits
/// otherwise.
async fn took(computing: u64, workers: usize) -> u128 {
    let [computing, waiting] = [computing, 100 - computing].map(Duration::from_millis);
    let cores = Semaphore::new(4);
    let began = Instant::now();
    let job = async |_| {
        let core = cores.acquire().await.expect("the cores stay");
        time::sleep(computing).await;
        drop(core);
        time::sleep(waiting).await;
    };
    let jobs = stream::iter(0..800).map(job).buffer_unordered(workers);
    jobs.count().await;
    began.elapsed().as_millis()
}

#[test]
fn cores_times_one_plus_the_ratio_keeps_the_cores_busy() {
    // One schedule is enough: what is counted is the time, and all jobs are alike.
    explore::tasks().bound(0).steps(200_000).check(|| async {
        // With cores times (1 + share), and with cores times (1 + waiting / computing). At best it
        // is 10 s, 4 s and 1 s.
        assert_eq!((took(50, 6).await, took(50, 8).await), (13_400, 10_050));
        assert_eq!((took(20, 7).await, took(20, 20).await), (11_500, 4_080));
        assert_eq!((took(5, 7).await, took(5, 80).await), (11_500, 1_095));
        // Twice the cores, ten times the cores, and a worker for each job.
        assert_eq!((took(20, 8).await, took(20, 40).await), (10_020, 4_080));
        assert_eq!(took(5, 8).await, 10_005);
        assert_eq!((took(50, 800).await, took(5, 800).await), (10_050, 1_095));
    });
}

/// What stands behind a full buffer does not ask it for anything.
#[test]
fn a_second_buffer_does_not_thaw_the_first() {
    let verdict = explore::tasks().explore(|| async {
        let connections = Semaphore::new(1);
        let query = async || {
            let _connection = connections.acquire().await.expect("they stay");
            seconds(1).await;
        };
        let read = stream::iter(0..4).map(|_| query()).buffer_unordered(3);
        read.for_each_concurrent(2, |()| query()).await;
    });
    verdict.expect_failure(FailureKind::Deadlock);
}
