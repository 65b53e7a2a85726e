//! Channels as streams: programs that hold, and programs that break.

use std::time::Duration;

use explore::FailureKind;
use model_tokio as tokio;
use model_tokio_stream as tokio_stream;
use tokio::sync::{broadcast, mpsc, watch};
use tokio::time::{Instant, interval};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;
use tokio_stream::wrappers::{
    BroadcastStream, IntervalStream, ReceiverStream, UnboundedReceiverStream, WatchStream,
};

#[test]
fn a_channel_is_a_stream_that_ends_with_its_senders() {
    explore::tasks().check(|| async {
        let (send, orders) = mpsc::channel(1);
        let shop = tokio::spawn(async move {
            for order in 1..=3 {
                send.send(order).await.expect("the stream is read");
            }
        });
        let doubled: Vec<u32> = ReceiverStream::new(orders).map(|n| n * 2).collect().await;
        assert_eq!(doubled, [2, 4, 6]);
        shop.await.unwrap();
    });
}

#[test]
fn two_streams_are_merged() {
    explore::tasks().check(|| async {
        let (send, left) = mpsc::unbounded_channel();
        let (other, right) = mpsc::unbounded_channel();
        send.send(1).unwrap();
        other.send(2).unwrap();
        drop((send, other));
        let (left, right) = (
            UnboundedReceiverStream::new(left),
            UnboundedReceiverStream::new(right),
        );
        let mut all: Vec<u32> = left.merge(right).collect().await;
        all.sort_unstable();
        assert_eq!(all, [1, 2]);
    });
}

#[test]
fn a_sender_that_is_kept_keeps_the_stream_open() {
    let verdict = explore::tasks().explore(|| async {
        let (kept, orders) = mpsc::channel(1);
        kept.send(1).await.expect("there is room");
        let mut orders = ReceiverStream::new(orders);
        assert_eq!(orders.next().await, Some(1));
        let end = orders.next().await;
        drop((kept, end));
    });
    println!("{verdict}");
    verdict.expect_failure(FailureKind::Deadlock);
    let what = &verdict.timeline().outcome.stuck[0].what;
    assert!(what.starts_with("waits for a message from"), "{what}");
}

#[test]
fn who_lags_behind_is_told() {
    explore::tasks().check(|| async {
        let (send, prices) = broadcast::channel(1);
        let mut prices = BroadcastStream::new(prices);
        send.send(1).unwrap();
        send.send(2).unwrap();
        drop(send);
        let lagged = BroadcastStreamRecvError::Lagged(1);
        assert_eq!(prices.next().await, Some(Err(lagged)));
        assert_eq!(prices.next().await, Some(Ok(2)));
        assert_eq!(prices.next().await, None);
    });
}

#[test]
fn only_the_newest_value_is_seen() {
    explore::tasks().check(|| async {
        let (set, level) = watch::channel(1);
        let mut level = WatchStream::new(level);
        assert_eq!(level.next().await, Some(1));
        set.send(2).unwrap();
        set.send(3).unwrap();
        drop(set);
        assert_eq!(level.next().await, Some(3));
        assert_eq!(level.next().await, None);
    });
}

#[test]
fn ticks_come_by_the_virtual_clock() {
    explore::tasks().check(|| async {
        let began = Instant::now();
        let ticks = IntervalStream::new(interval(Duration::from_secs(60)));
        assert_eq!(ticks.take(3).collect::<Vec<_>>().await.len(), 3);
        assert_eq!(began.elapsed(), Duration::from_secs(120));
    });
}
