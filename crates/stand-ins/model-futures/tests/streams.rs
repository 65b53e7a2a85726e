//! Many futures in one task: programs that hold, and programs that break.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex as StdMutex};
use std::time::Duration;

use explore::FailureKind;
use futures::future::{join_all, ready, select_all as first_of, try_join_all};
use futures::stream::{self, FuturesUnordered, StreamExt, TryStreamExt, select_all, unfold};
use model_futures as futures;
use model_tokio as tokio;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::{Duration as D, Instant, sleep};

fn seconds(count: u64) -> D {
    Duration::from_secs(count)
}

#[test]
fn two_of_four_are_in_flight_and_the_clock_is_exact() {
    explore::tasks().check(|| async {
        let flying = StdMutex::new((0, 0));
        let flying = &flying;
        let began = Instant::now();
        let fetch = |n: u64| async move {
            {
                let mut flying = flying.lock().unwrap();
                flying.0 += 1;
                flying.1 = flying.1.max(flying.0);
            }
            sleep(seconds(n)).await;
            flying.lock().unwrap().0 -= 1;
            n
        };
        let order: Vec<u64> = stream::iter([3, 1, 1, 1])
            .map(fetch)
            .buffer_unordered(2)
            .collect()
            .await;
        assert_eq!(order.len(), 4);
        assert_eq!(flying.lock().unwrap().1, 2);
        assert_eq!(began.elapsed(), seconds(3));
    });
}

#[test]
fn what_is_buffered_comes_in_the_order_of_the_stream() {
    explore::tasks().check(|| async {
        let fetch = |n: u64| async move {
            sleep(seconds(n)).await;
            n
        };
        let ordered: Vec<u64> = stream::iter([3, 1, 2])
            .map(fetch)
            .buffered(3)
            .collect()
            .await;
        assert_eq!(ordered, [3, 1, 2]);
        let unordered: Vec<u64> = stream::iter([3, 1, 2])
            .map(fetch)
            .buffer_unordered(3)
            .collect()
            .await;
        assert_eq!(unordered, [1, 2, 3]);
    });
}

/// Two clerks answer in any order; `gather` says in which order it heard them.
fn orders(
    gather: impl AsyncFn([oneshot::Receiver<u8>; 2]) -> Vec<u8> + Copy + Send + Sync + 'static,
) -> BTreeSet<Vec<u8>> {
    let heard = Arc::new(StdMutex::new(BTreeSet::new()));
    let seen = heard.clone();
    explore::tasks().check(move || {
        let seen = seen.clone();
        async move {
            let ((one, first), (two, second)) = (oneshot::channel(), oneshot::channel());
            let start = Arc::new(Semaphore::new(0));
            let clerks = [(one, 1), (two, 2)].map(|(answer, number)| {
                let start = start.clone();
                tokio::spawn(async move {
                    start.acquire().await.expect("it is not closed").forget();
                    answer.send(number).expect("somebody listens");
                })
            });
            // When both have answered there is still a choice, and what led there must not be
            // forgotten over it.
            let bystander = tokio::spawn(tokio::task::yield_now());
            let (order, ()) = tokio::join!(gather([first, second]), async {
                tokio::task::yield_now().await;
                start.add_permits(2);
            });
            bystander.await.unwrap();
            for clerk in clerks {
                clerk.await.unwrap();
            }
            seen.lock().unwrap().insert(order);
        }
    });
    heard.lock().unwrap().clone()
}

#[test]
fn both_orders_of_two_answers_are_found() {
    let both = BTreeSet::from([vec![1, 2], vec![2, 1]]);
    let unordered = orders(async |answers| {
        let all: FuturesUnordered<_> = answers.into_iter().collect();
        all.map(Result::unwrap).collect().await
    });
    assert_eq!(unordered, both, "FuturesUnordered");
    let buffered = orders(async |answers| {
        stream::iter(answers)
            .buffer_unordered(2)
            .try_collect()
            .await
            .unwrap()
    });
    assert_eq!(buffered, both, "buffer_unordered");
    let tried = orders(async |answers| {
        stream::iter(answers.map(Ok))
            .try_buffer_unordered(2)
            .try_collect()
            .await
            .unwrap()
    });
    assert_eq!(tried, both, "try_buffer_unordered");
    let streams = orders(async |answers| {
        let streams = answers.map(|answer| stream::once(answer).boxed());
        select_all(streams).map(Result::unwrap).collect().await
    });
    assert_eq!(streams, both, "select_all");
    let each = orders(async |answers| {
        let heard = StdMutex::new(Vec::new());
        stream::iter(answers)
            .for_each_concurrent(None, async |answer| {
                let answer = answer.await.unwrap();
                heard.lock().unwrap().push(answer);
            })
            .await;
        heard.into_inner().unwrap()
    });
    assert_eq!(each, both, "for_each_concurrent");
}

#[test]
fn a_wait_without_end_is_found_at_once_and_named() {
    let verdict = explore::tasks().explore(|| async {
        let (kept, mut rows) = mpsc::channel::<u8>(1);
        let waits: FuturesUnordered<_> = [rows.recv()].into_iter().collect();
        let all: Vec<_> = waits.collect().await;
        drop((kept, all));
    });
    println!("{verdict}");
    verdict.expect_failure(FailureKind::Deadlock);
    let stuck = &verdict.timeline().outcome.stuck[0];
    assert!(
        stuck.what.starts_with("waits for a message from"),
        "{}",
        stuck.what
    );
}

#[test]
fn nobody_is_said_to_wait_for_what_he_does_not_look_at() {
    let verdict = explore::tasks().explore(|| async {
        let (kept, mut rows) = mpsc::channel::<u8>(1);
        let (also, mut other) = mpsc::channel::<u8>(1);
        let mut waits: FuturesUnordered<_> = [rows.recv()].into_iter().collect();
        tokio::select! {
            biased;
            _ = waits.next() => {}
            () = sleep(seconds(1)) => {}
        }
        tokio::task::yield_now().await;
        other.recv().await;
        drop((kept, also));
    });
    println!("{verdict}");
    verdict.expect_failure(FailureKind::Deadlock);
    let what = &verdict.timeline().outcome.stuck[0].what;
    assert!(!what.contains(" or "), "{what}");
}

#[test]
fn a_stream_that_is_dropped_drops_its_futures() {
    explore::tasks().check(|| async {
        let (alive, mut ended) = mpsc::channel::<()>(1);
        let mut fetches = stream::iter([1, 5])
            .map(|n| {
                let alive = alive.clone();
                async move {
                    sleep(seconds(n)).await;
                    drop(alive);
                }
            })
            .buffer_unordered(2);
        assert_eq!(fetches.next().await, Some(()));
        drop(fetches);
        drop(alive);
        assert_eq!(ended.recv().await, None);
    });
}

#[test]
fn the_first_error_drops_the_others() {
    explore::tasks().check(|| async {
        let began = Instant::now();
        let wait = |n: u64| async move {
            sleep(seconds(n)).await;
            if n == 1 { Err(n) } else { Ok(n) }
        };
        assert_eq!(try_join_all([3, 1].map(wait)).await, Err(1));
        // With more than thirty, `try_join_all` hears an error when those before it are ready.
        let many = (0..40).map(|n| wait(if n == 7 { 1 } else { 2 }));
        assert_eq!(try_join_all(many).await, Err(1));
        assert_eq!(join_all([3, 2].map(wait)).await, [Ok(3), Ok(2)]);
        let (first, index, rest) = first_of([4, 2].map(|n| Box::pin(wait(n)))).await;
        assert_eq!((first, index, rest.len()), (Ok(2), 1, 1));
        assert_eq!(began.elapsed(), seconds(1 + 2 + 3 + 2));
    });
}

#[test]
fn a_stream_is_made_by_hand() {
    explore::tasks().check(|| async {
        let count = unfold(0, |n| async move {
            sleep(seconds(1)).await;
            (n < 3).then_some((n, n + 1))
        });
        let even = count.filter(|n| ready(n % 2 == 0));
        assert_eq!(even.collect::<Vec<_>>().await, [0, 2]);
    });
}
