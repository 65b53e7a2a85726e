//! Locks and permits that are held across an await.

use std::sync::Arc;

use tokio::sync::{Mutex, RwLock, Semaphore};
use tokio::task::yield_now;

use super::{join, programs};

programs![
    tasks_with_opposite_locks,
    tasks_with_ordered_locks,
    update_in_two_locks,
    update_in_one_lock,
    permit_within_a_permit,
    one_permit_each,
    never_more_than_two,
    read_then_write_in_one_task,
    written_while_read,
];

/// Alice pays Bob while Bob pays Alice.
pub async fn tasks_with_opposite_locks() {
    let (alice, bob) = (Arc::new(Mutex::new(10)), Arc::new(Mutex::new(10)));
    let ways = [(alice.clone(), bob.clone()), (bob, alice)];
    join(ways.map(|(from, to)| {
        tokio::spawn(async move {
            let mut from = from.lock().await;
            let mut to = to.lock().await;
            *from -= 1;
            *to += 1;
        })
    }))
    .await;
}

/// Both take the locks in one order.
pub async fn tasks_with_ordered_locks() {
    let (alice, bob) = (Arc::new(Mutex::new(10)), Arc::new(Mutex::new(10)));
    join([1, -1].map(|amount| {
        let (alice, bob) = (alice.clone(), bob.clone());
        tokio::spawn(async move {
            let mut from = alice.lock().await;
            let mut to = bob.lock().await;
            *from -= amount;
            *to += amount;
        })
    }))
    .await;
    assert_eq!(*alice.lock().await + *bob.lock().await, 20);
}

/// Reads, lets go, waits for something, and writes what may be out of date.
pub async fn update_in_two_locks() {
    let hits = Arc::new(Mutex::new(0));
    join((0..2).map(|_| {
        let hits = hits.clone();
        tokio::spawn(async move {
            let seen = *hits.lock().await;
            yield_now().await;
            *hits.lock().await = seen + 1;
        })
    }))
    .await;
    assert_eq!(*hits.lock().await, 2);
}

/// Keeps the lock while it waits.
pub async fn update_in_one_lock() {
    let hits = Arc::new(Mutex::new(0));
    join((0..2).map(|_| {
        let hits = hits.clone();
        tokio::spawn(async move {
            let mut hits = hits.lock().await;
            let seen = *hits;
            yield_now().await;
            *hits = seen + 1;
        })
    }))
    .await;
    assert_eq!(*hits.lock().await, 2);
}

async fn work_with(permits: &Semaphore, nested: bool) {
    let _outer = permits.acquire().await.unwrap();
    yield_now().await;
    if nested {
        let _inner = permits.acquire().await.unwrap();
    }
}

async fn share_permits(nested: bool) {
    let permits = Arc::new(Semaphore::new(2));
    join((0..2).map(|_| {
        let permits = permits.clone();
        tokio::spawn(async move { work_with(&permits, nested).await })
    }))
    .await;
    assert_eq!(permits.available_permits(), 2);
}

/// Each holds a permit and wants another one.
pub async fn permit_within_a_permit() {
    share_permits(true).await;
}

/// One permit is enough for each.
pub async fn one_permit_each() {
    share_permits(false).await;
}

/// A semaphore limits how many are inside.
pub async fn never_more_than_two() {
    let shared = Arc::new((Semaphore::new(2), Mutex::new(0)));
    join((0..3).map(|_| {
        let shared = shared.clone();
        tokio::spawn(async move {
            let _permit = shared.0.acquire().await.unwrap();
            let inside = {
                let mut inside = shared.1.lock().await;
                *inside += 1;
                *inside
            };
            assert!(inside <= 2);
            *shared.1.lock().await -= 1;
        })
    }))
    .await;
}

/// Wants to write what it still reads.
pub async fn read_then_write_in_one_task() {
    let price = RwLock::new(1);
    let old = price.read().await;
    *price.write().await = *old + 1;
}

/// A writer waits for the readers, and readers see no half-done write.
pub async fn written_while_read() {
    let pair = Arc::new(RwLock::new((0, 0)));
    let readers = [pair.clone(), pair.clone()].map(|pair| {
        tokio::spawn(async move {
            let pair = pair.read().await;
            yield_now().await;
            assert_eq!(pair.0, pair.1);
        })
    });
    {
        let mut pair = pair.write().await;
        pair.0 += 1;
        yield_now().await;
        pair.1 += 1;
    }
    join(readers).await;
}
