//! What "capacity 0" means in each interface: the table of the chapter.

use std::sync::mpsc as std_mpsc;
use std::thread;
use std::time::Duration;

use crossbeam::channel;
use explore::FailureKind;
use tokio::sync::{Semaphore, broadcast, mpsc};
use tokio::time;

#[test]
fn std_hands_over_from_hand_to_hand() {
    let verdict = explore::threads().explore(|| {
        let (giver, taker) = std_mpsc::sync_channel(0);
        assert!(giver.try_send("key").is_err(), "nobody waits for a key");
        thread::scope(|hall| {
            hall.spawn(move || giver.send("key").expect("somebody takes it"));
            assert!(taker.recv() == Ok("key"), "the key is lost");
        });
    });
    verdict.expect_pass();
}

#[test]
fn crossbeam_hands_over_from_hand_to_hand() {
    let verdict = explore::threads().explore(|| {
        let (giver, taker) = channel::bounded(0);
        assert!(giver.try_send("key").is_err(), "nobody waits for a key");
        thread::scope(|hall| {
            hall.spawn(move || giver.send("key").expect("somebody takes it"));
            assert!(taker.recv() == Ok("key"), "the key is lost");
        });
    });
    verdict.expect_pass();
}

#[test]
fn a_send_without_a_buffer_waits_for_its_taker() {
    let verdict = explore::threads().explore(|| {
        let (giver, _taker) = std_mpsc::sync_channel(0);
        giver.send("key").expect("somebody takes it");
    });
    verdict.expect_failure(FailureKind::Deadlock);
}

#[test]
fn tokio_has_no_such_channel() {
    let verdict = explore::tasks().explore(|| async {
        let (_giver, _taker) = mpsc::channel::<&str>(0);
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn tokio_has_no_such_broadcast() {
    let verdict = explore::tasks().explore(|| async {
        let (_giver, _taker) = broadcast::channel::<&str>(0);
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn a_semaphore_without_permits_lets_nobody_in() {
    let verdict = explore::tasks().explore(|| async {
        let permits = Semaphore::new(0);
        let _ = permits.acquire().await;
    });
    verdict.expect_failure(FailureKind::Deadlock);
}

/// tokio's smallest buffer is one place, and one place is enough to be told too much.
#[test]
fn one_place_lets_a_send_return_before_its_taker_comes() {
    let verdict = explore::tasks().explore(|| async {
        let (giver, mut taker) = mpsc::channel(1);
        let sent = time::timeout(Duration::from_secs(1), giver.send("key")).await;
        assert!(sent.is_ok(), "the send waited for its taker");
        assert!(taker.recv().await == Some("key"), "the key is lost");
    });
    verdict.expect_pass();
}

#[test]
fn a_broadcast_for_three_keeps_four() {
    let verdict = explore::tasks().explore(|| async {
        let (exchange, mut prices) = broadcast::channel(3);
        for price in [101, 102, 103, 104] {
            exchange.send(price).expect("somebody listens");
        }
        assert!(prices.recv().await == Ok(101), "the first price is lost");
    });
    verdict.expect_pass();
}
