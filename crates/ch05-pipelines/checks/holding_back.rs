//! How far a source gets ahead, and what becomes of what has no room: figures of the table in the
//! chapter.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::{self, Instant};

const SECOND: Duration = Duration::from_secs(1);

/// How many of ten items a source sends before it has to wait, if nobody receives.
async fn sent_at_once(room: usize) -> u32 {
    let (source, _stage) = mpsc::channel(room);
    let mut sent = 0;
    for item in 0..10 {
        if time::timeout(SECOND, source.send(item)).await.is_err() {
            break;
        }
        sent += 1;
    }
    sent
}

#[test]
fn a_channel_holds_what_it_has_room_for_and_the_next_one_waits() {
    let verdict = explore::tasks().explore(|| async {
        assert_eq!(sent_at_once(1).await, 1);
        assert_eq!(sent_at_once(9).await, 9);
    });
    verdict.expect_pass();
}

#[test]
fn n_items_at_one_a_second_take_n_minus_one_seconds() {
    let verdict = explore::tasks().explore(|| async {
        let start = Instant::now();
        let mut second = time::interval(SECOND);
        for _ in 0..5 {
            second.tick().await;
        }
        assert_eq!(start.elapsed(), 4 * SECOND);
    });
    verdict.expect_pass();
}

#[test]
fn no_more_are_under_way_than_there_are_permits() {
    let verdict = explore::tasks().explore(|| async {
        let permits = Arc::new(Semaphore::new(2));
        let mut stage = JoinSet::new();
        let start = Instant::now();
        for item in 0..5 {
            let permit = permits.clone().acquire_owned().await.expect("it is open");
            stage.spawn(async move {
                time::sleep(SECOND).await;
                drop(permit);
                item
            });
        }
        assert_eq!(stage.join_all().await.len(), 5);
        assert_eq!(start.elapsed(), 3 * SECOND);
    });
    verdict.expect_pass();
}

#[test]
fn four_squarers_side_by_side_take_a_quarter_of_the_time() {
    let verdict = explore::tasks().explore(|| async {
        let start = Instant::now();
        let square = async |number: u32| {
            time::sleep(SECOND).await;
            number * number
        };
        let squares = stream::iter(1..=20).map(square).buffer_unordered(4);
        let even = squares.filter(|square| std::future::ready(square.is_multiple_of(2)));
        let sum = even.fold(0, async |sum, square| sum + square).await;
        assert_eq!(sum, 1540);
        assert_eq!(start.elapsed(), 5 * SECOND);
    });
    verdict.expect_pass();
}

#[test]
fn chunks_give_the_rest_away_at_the_end() {
    let verdict = explore::tasks().explore(|| async {
        let bags: Vec<Vec<u32>> = stream::iter(0..7).chunks(3).collect().await;
        let sizes: Vec<_> = bags.iter().map(Vec::len).collect();
        assert_eq!(sizes, [3, 3, 1]);
        // A channel gives what is there, and waits only if there is nothing.
        let (source, mut stage) = mpsc::channel(8);
        for item in 0..7 {
            source.try_send(item).expect("there is room");
        }
        drop(source);
        let mut bag = Vec::new();
        let mut sizes = Vec::new();
        while stage.recv_many(&mut bag, 5).await > 0 {
            sizes.push(bag.drain(..).count());
        }
        assert_eq!(sizes, [5, 2]);
    });
    verdict.expect_pass();
}

#[test]
fn after_a_close_a_send_fails_and_a_permit_is_still_good() {
    let verdict = explore::tasks().explore(|| async {
        let (source, mut stage) = mpsc::channel(1);
        let permit = source.reserve().await.expect("it is open");
        let waiting = {
            let source = source.clone();
            tokio::spawn(async move { source.send(8).await })
        };
        tokio::task::yield_now().await;
        stage.close();
        assert!(waiting.await.expect("no panic").is_err());
        let end = time::timeout(SECOND, stage.recv()).await;
        assert!(
            end.is_err(),
            "the permit is still out, and the end is {end:?}"
        );
        permit.send(7);
        assert_eq!(stage.recv().await, Some(7));
        assert_eq!(stage.recv().await, None);
    });
    verdict.expect_pass();
}

#[test]
fn what_is_dropped_and_what_is_delivered_are_all_there_was() {
    let verdict = explore::tasks().explore(|| async {
        let (source, mut stage) = mpsc::channel(2);
        let dropped = Cell::new(0);
        for item in 0..5 {
            if source.try_send(item).is_err() {
                dropped.set(dropped.get() + 1);
            }
        }
        drop(source);
        let mut delivered = 0;
        while stage.recv().await.is_some() {
            delivered += 1;
        }
        assert_eq!((delivered, dropped.get()), (2, 3));
    });
    verdict.expect_pass();
}
