//! A task takes the readings, as long as it has permits, and puts them where the store's loop finds
//! them. The set that owns the task ends it when the batcher is dropped.

use std::mem;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::select;
use tokio::sync::{Notify, Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

/// What a sensor has measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Which sensor it was.
    pub sensor: u32,
    /// The temperature in tenths of a degree.
    pub tenths: i32,
}

/// How much was stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// In how many batches.
    pub batches: usize,
    /// How many readings in all.
    pub readings: usize,
}

/// The store failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed<E> {
    /// What it said.
    pub error: E,
    /// The readings that were accepted and are not stored, in order.
    pub readings: Vec<Reading>,
}

/// Stores `readings` in batches of up to `n` that are not older than `age`.
///
/// # Errors
/// If the store fails.
pub async fn batch<F, Fut, E>(
    readings: mpsc::Receiver<Reading>,
    n: NonZeroUsize,
    age: Duration,
    stop: CancellationToken,
    mut store: F,
) -> Result<Summary, Failed<E>>
where
    F: FnMut(Vec<Reading>) -> Fut + Send + 'static,
    Fut: Future<Output = Result<(), E>> + Send + 'static,
    E: Send + 'static,
{
    let desk = Arc::new(Desk {
        next: Mutex::new(Next {
            batch: Vec::new(),
            deadline: Instant::now(),
            ended: false,
        }),
        changed: Notify::new(),
        room: Semaphore::new(n.get()),
        closing: stop.child_token(),
    });
    let mut taker = JoinSet::new();
    taker.spawn(take(Arc::clone(&desk), readings, age));

    let mut summary = Summary::default();
    loop {
        let mut batch = desk.batch(n.get()).await;
        if batch.is_empty() {
            return Ok(summary);
        }
        if let Err(error) = store(batch.clone()).await {
            // The task takes what is left, without permits, and ends.
            desk.closing.cancel();
            desk.room.close();
            taker.join_next().await;
            batch.append(&mut desk.next.lock().unwrap().batch);
            let readings = batch;
            return Err(Failed { error, readings });
        }
        summary.batches += 1;
        summary.readings += batch.len();
    }
}

/// Where the two meet.
struct Desk {
    next: Mutex<Next>,
    changed: Notify,
    /// A permit for each reading that the next batch has room for.
    room: Semaphore,
    closing: CancellationToken,
}

struct Next {
    batch: Vec<Reading>,
    deadline: Instant,
    ended: bool,
}

impl Desk {
    /// The next batch, as soon as it is due; an empty one at the end.
    async fn batch(&self, n: usize) -> Vec<Reading> {
        loop {
            let deadline = {
                let mut next = self.next.lock().unwrap();
                let due = Instant::now() >= next.deadline && !next.batch.is_empty();
                if due || next.ended || next.batch.len() == n {
                    let batch = mem::take(&mut next.batch);
                    self.room.add_permits(batch.len());
                    return batch;
                }
                (!next.batch.is_empty()).then_some(next.deadline)
            };
            match deadline {
                None => self.changed.notified().await,
                Some(deadline) => select! {
                    () = self.changed.notified() => {}
                    () = sleep_until(deadline) => {}
                },
            }
        }
    }
}

async fn take(desk: Arc<Desk>, mut readings: mpsc::Receiver<Reading>, age: Duration) {
    loop {
        select! {
            permit = desk.room.acquire() => if let Ok(permit) = permit {
                permit.forget();
            },
            () = desk.closing.cancelled(), if !readings.is_closed() => {
                readings.close();
                continue;
            }
        }
        let reading = select! {
            reading = readings.recv() => reading,
            () = desk.closing.cancelled() => {
                readings.close();
                readings.recv().await
            }
        };
        let mut next = desk.next.lock().unwrap();
        match reading {
            Some(reading) => {
                if next.batch.is_empty() {
                    next.deadline = Instant::now() + age;
                }
                next.batch.push(reading);
            }
            None => next.ended = true,
        }
        desk.changed.notify_one();
        if next.ended {
            return;
        }
    }
}
