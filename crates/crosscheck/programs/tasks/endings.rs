//! Tasks that end, are ended, or are left behind.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;

use tokio::sync::{Mutex, oneshot};
use tokio::task::{JoinSet, yield_now};

use super::programs;

programs![
    spawned_and_joined,
    not_joined,
    joined_in_order_of_spawning,
    aborted_between_two_steps,
    aborted_around_one_step,
    left_behind,
    waits_for_oneself,
];

/// All results arrive, in whatever order.
pub async fn spawned_and_joined() {
    let mut set = JoinSet::new();
    for number in 1..=3 {
        set.spawn(async move {
            yield_now().await;
            number
        });
    }
    let mut sum = 0;
    while let Some(number) = set.join_next().await {
        sum += number.unwrap();
    }
    assert_eq!(sum, 6);
}

/// Looks for what a task has done without waiting for it.
pub async fn not_joined() {
    let done = Arc::new(AtomicUsize::new(0));
    let theirs = done.clone();
    drop(tokio::spawn(async move {
        theirs.fetch_add(1, SeqCst);
    }));
    yield_now().await;
    assert_eq!(done.load(SeqCst), 1);
}

/// Takes the order of results for the order of spawns.
pub async fn joined_in_order_of_spawning() {
    let mut set = JoinSet::new();
    for number in 1..=2 {
        set.spawn(async move { number });
    }
    let mut order = Vec::new();
    while let Some(number) = set.join_next().await {
        order.push(number.unwrap());
    }
    assert_eq!(order, [1, 2]);
}

type Accounts = Arc<Mutex<(i32, i32)>>;

/// A task is aborted after it has taken and before it has given.
pub async fn aborted_between_two_steps() {
    let accounts: Accounts = Arc::new(Mutex::new((10, 10)));
    let theirs = accounts.clone();
    let task = tokio::spawn(async move {
        theirs.lock().await.0 -= 1;
        yield_now().await;
        theirs.lock().await.1 += 1;
    });
    yield_now().await;
    task.abort();
    let _ = task.await;
    let accounts = accounts.lock().await;
    assert_eq!(accounts.0 + accounts.1, 20);
}

/// Both changes lie between two awaits.
pub async fn aborted_around_one_step() {
    let accounts: Accounts = Arc::new(Mutex::new((10, 10)));
    let theirs = accounts.clone();
    let task = tokio::spawn(async move {
        yield_now().await;
        let mut accounts = theirs.lock().await;
        accounts.0 -= 1;
        accounts.1 += 1;
    });
    yield_now().await;
    task.abort();
    let _ = task.await;
    let accounts = accounts.lock().await;
    assert_eq!(accounts.0 + accounts.1, 20);
}

/// Main ends, and a task waits for ever for what nobody will send.
pub async fn left_behind() {
    let (sender, receiver) = oneshot::channel::<()>();
    let kept = Arc::new(sender);
    let theirs = kept.clone();
    drop(tokio::spawn(async move {
        let _kept = theirs;
        let _ = receiver.await;
    }));
    yield_now().await;
}

/// Waits for a message that only it could send.
pub async fn waits_for_oneself() {
    let (sender, receiver) = oneshot::channel::<()>();
    receiver.await.unwrap();
    drop(sender);
}
