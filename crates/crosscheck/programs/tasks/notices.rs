//! `Notify`, `watch` and `select!`.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;

use tokio::sync::{Notify, mpsc, watch};

use super::{join, programs};

programs![
    notice_before_anybody_waits,
    notice_is_kept_for_one,
    looked_before_asking_for_notice,
    asked_for_notice_before_looking,
    second_half_is_lost,
    two_halves_in_one,
    first_of_two_answers,
    watched_to_the_last_value,
    watched_for_every_value,
];

/// Wakes those who wait just now: nobody, perhaps.
pub async fn notice_before_anybody_waits() {
    let notify = Arc::new(Notify::new());
    let theirs = notify.clone();
    let waiter = tokio::spawn(async move { theirs.notified().await });
    notify.notify_waiters();
    waiter.await.unwrap();
}

/// A notice to one is kept until somebody comes.
pub async fn notice_is_kept_for_one() {
    let notify = Arc::new(Notify::new());
    let theirs = notify.clone();
    let waiter = tokio::spawn(async move { theirs.notified().await });
    notify.notify_one();
    waiter.await.unwrap();
}

type Gate = (AtomicBool, Notify);

async fn pass(wait: impl AsyncFnOnce(&Gate)) {
    let gate = Arc::new((AtomicBool::new(false), Notify::new()));
    let theirs = gate.clone();
    let opener = tokio::spawn(async move {
        theirs.0.store(true, SeqCst);
        theirs.1.notify_waiters();
    });
    wait(&gate).await;
    opener.await.unwrap();
}

/// The notice comes between the look at the flag and the wish to be told.
pub async fn looked_before_asking_for_notice() {
    pass(async |gate: &Gate| {
        if !gate.0.load(SeqCst) {
            tokio::task::yield_now().await;
            gate.1.notified().await;
        }
    })
    .await;
}

/// Wishes to be told first, then looks: the notice reaches a future that was only made.
pub async fn asked_for_notice_before_looking() {
    pass(async |gate: &Gate| {
        let told = gate.1.notified();
        if !gate.0.load(SeqCst) {
            tokio::task::yield_now().await;
            told.await;
        }
    })
    .await;
}

async fn pair(numbers: &mut mpsc::Receiver<u32>) -> Option<u32> {
    let first = numbers.recv().await?;
    let second = numbers.recv().await?;
    Some(first + second)
}

async fn sum_of_pairs(cancelled: bool) -> u32 {
    let (sender, mut numbers) = mpsc::channel(4);
    let (ticker, mut ticks) = mpsc::channel(4);
    let sources = [
        tokio::spawn(async move {
            for number in [1, 2] {
                sender.send(number).await.unwrap();
            }
        }),
        tokio::spawn(async move { ticker.send(()).await.unwrap() }),
    ];
    let mut sum = 0;
    let mut ticking = true;
    if cancelled {
        loop {
            tokio::select! {
                number = pair(&mut numbers) => match number {
                    Some(number) => sum += number,
                    None => break,
                },
                tick = ticks.recv(), if ticking => ticking = tick.is_some(),
            }
        }
    } else {
        loop {
            tokio::select! {
                number = numbers.recv() => match number {
                    Some(number) => sum += number,
                    None => break,
                },
                tick = ticks.recv(), if ticking => ticking = tick.is_some(),
            }
        }
    }
    join(sources).await;
    sum
}

/// A branch that has taken the first of two messages is dropped, and the message with it.
pub async fn second_half_is_lost() {
    assert_eq!(sum_of_pairs(true).await, 3);
}

/// A branch that takes one message loses nothing when it is dropped.
pub async fn two_halves_in_one() {
    assert_eq!(sum_of_pairs(false).await, 3);
}

/// Takes it for granted which of two answers `select!` sees first.
pub async fn first_of_two_answers() {
    let (fast, mut first) = mpsc::channel(1);
    let (slow, mut second) = mpsc::channel(1);
    join([fast, slow].map(|sender| tokio::spawn(async move { sender.send(()).await.unwrap() })))
        .await;
    let name = tokio::select! {
        _ = first.recv() => "first",
        _ = second.recv() => "second",
    };
    assert_eq!(name, "first");
}

async fn watch_three() -> Vec<u32> {
    let (sender, mut receiver) = watch::channel(0);
    let watcher = tokio::spawn(async move {
        let mut seen = Vec::new();
        while receiver.changed().await.is_ok() {
            seen.push(*receiver.borrow_and_update());
        }
        seen
    });
    for value in [1, 2] {
        sender.send(value).unwrap();
        tokio::task::yield_now().await;
    }
    drop(sender);
    watcher.await.unwrap()
}

/// The last value is always seen.
pub async fn watched_to_the_last_value() {
    assert_eq!(watch_three().await.last(), Some(&2));
}

/// Values in between need not be.
pub async fn watched_for_every_value() {
    assert_eq!(watch_three().await, [1, 2]);
}
