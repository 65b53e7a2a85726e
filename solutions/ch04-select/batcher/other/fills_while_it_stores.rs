//! No flags: a batch is filled by a future that keeps nothing to itself, so it may be dropped at any
//! time, by a timeout or because the store is done, and the next one goes on where it stopped.

use std::future::pending;
use std::num::NonZeroUsize;
use std::time::Duration;

use tokio::select;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};
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
    let mut inbox = Inbox { readings, stop };
    let mut summary = Summary::default();
    let mut batch = Batch::empty();
    loop {
        inbox.fill(&mut batch, 1, age).await;
        if batch.readings.is_empty() {
            return Ok(summary);
        }
        let _ = timeout_at(batch.deadline, inbox.fill(&mut batch, n.get(), age)).await;

        let mut next = Batch::empty();
        let meanwhile = async {
            inbox.fill(&mut next, n.get(), age).await;
            inbox.stopped().await;
            pending().await
        };
        let result = select! {
            result = store(batch.readings.clone()) => result,
            never = meanwhile => never,
        };
        if let Err(error) = result {
            inbox.readings.close();
            inbox.fill(&mut next, usize::MAX, age).await;
            let mut readings = batch.readings;
            readings.append(&mut next.readings);
            return Err(Failed { error, readings });
        }
        summary.batches += 1;
        summary.readings += batch.readings.len();
        batch = next;
    }
}

/// What goes to the store at a time.
struct Batch {
    readings: Vec<Reading>,
    /// When the oldest of them is old enough.
    deadline: Instant,
}

impl Batch {
    fn empty() -> Self {
        Self {
            readings: Vec::new(),
            deadline: Instant::now(),
        }
    }
}

/// Where the readings come from.
struct Inbox {
    readings: mpsc::Receiver<Reading>,
    stop: CancellationToken,
}

impl Inbox {
    /// Takes readings until the batch has that many, or there are no more.
    async fn fill(&mut self, batch: &mut Batch, size: usize, age: Duration) {
        while batch.readings.len() < size {
            let Some(reading) = self.next().await else {
                return;
            };
            if batch.readings.is_empty() {
                batch.deadline = Instant::now() + age;
            }
            batch.readings.push(reading);
        }
    }

    async fn next(&mut self) -> Option<Reading> {
        if !self.readings.is_closed() {
            select! {
                reading = self.readings.recv() => return reading,
                () = self.stop.cancelled() => self.readings.close(),
            }
        }
        self.readings.recv().await
    }

    /// Waits for the stop and closes the channel.
    async fn stopped(&mut self) {
        self.stop.cancelled().await;
        self.readings.close();
    }
}
