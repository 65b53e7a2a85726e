//! What shuttle cannot express: time, and `broadcast`. These are for the explorer alone.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use tokio::sync::{Semaphore, broadcast};
use tokio::time::{sleep, timeout};

use crate::tasks::programs;

programs![
    timeout_keeps_the_permit,
    timeout_gives_the_permit_back,
    slept_instead_of_joined,
    heard_by_all,
    too_slow_to_hear_all,
];

const SHORT: Duration = Duration::from_millis(10);
const LONG: Duration = Duration::from_secs(1);

async fn give_up(forget: bool) {
    let permits = Arc::new(Semaphore::new(1));
    let slow = async {
        let permit = permits.acquire().await.unwrap();
        if forget {
            permit.forget();
            sleep(LONG).await;
            permits.add_permits(1);
        } else {
            sleep(LONG).await;
            drop(permit);
        }
    };
    assert!(timeout(SHORT, slow).await.is_err());
    let _permit = permits.acquire().await.unwrap();
}

/// Gives up before the line that gives the permit back.
pub async fn timeout_keeps_the_permit() {
    give_up(true).await;
}

/// The permit is a guard, and goes back when the work is dropped.
pub async fn timeout_gives_the_permit_back() {
    give_up(false).await;
}

/// Takes it that a task is done after a while.
pub async fn slept_instead_of_joined() {
    let done = Arc::new(AtomicUsize::new(0));
    let theirs = done.clone();
    drop(tokio::spawn(async move {
        sleep(LONG).await;
        theirs.fetch_add(1, SeqCst);
    }));
    sleep(SHORT).await;
    assert_eq!(done.load(SeqCst), 1);
}

async fn broadcast_to_two(capacity: usize) {
    let (sender, first) = broadcast::channel(capacity);
    let receivers = [first, sender.subscribe()].map(|mut receiver| {
        tokio::spawn(async move {
            let mut sum = 0;
            for _ in 0..2 {
                sum += receiver.recv().await.expect("every message");
            }
            sum
        })
    });
    for number in [1, 2] {
        sender.send(number).unwrap();
    }
    for receiver in receivers {
        assert_eq!(receiver.await.unwrap(), 3);
    }
}

/// There is room for all messages.
pub async fn heard_by_all() {
    broadcast_to_two(2).await;
}

/// The second message overwrites the first.
pub async fn too_slow_to_hear_all() {
    broadcast_to_two(1).await;
}
