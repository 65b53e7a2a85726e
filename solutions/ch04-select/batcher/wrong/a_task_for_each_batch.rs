//! Wrong: starts a task for each batch and is ready for the next one, as `go store(batch)` would be.
//! Caught by: the_store_works_on_one_batch_at_a_time, a_busy_store_holds_the_source_back

use std::mem;
use std::num::NonZeroUsize;
use std::time::Duration;

use tokio::select;
use tokio::sync::mpsc;
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
    mut readings: mpsc::Receiver<Reading>,
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
    let mut summary = Summary::default();
    let mut stores = JoinSet::new();
    let mut batch = Vec::new();
    let mut deadline = Instant::now();
    let (mut stopped, mut ended) = (false, false);
    loop {
        if ended && batch.is_empty() && stores.is_empty() {
            return Ok(summary);
        }
        let mut due = false;
        select! {
            Some(stored) = stores.join_next() => {
                let (mut in_store, result): (Vec<_>, _) = stored.expect("the store does not panic");
                if let Err(error) = result {
                    readings.close();
                    in_store.append(&mut batch);
                    while let Some(reading) = readings.recv().await {
                        in_store.push(reading);
                    }
                    let readings = in_store;
                    return Err(Failed { error, readings });
                }
                summary.batches += 1;
                summary.readings += in_store.len();
            }
            reading = readings.recv(), if !ended => match reading {
                Some(reading) => {
                    if batch.is_empty() {
                        deadline = Instant::now() + age;
                    }
                    batch.push(reading);
                }
                None => ended = true,
            },
            () = sleep_until(deadline), if !batch.is_empty() => due = true,
            () = stop.cancelled(), if !stopped => {
                stopped = true;
                readings.close();
            }
        }
        if batch.len() == n.get() || (due || ended) && !batch.is_empty() {
            let batch = mem::take(&mut batch);
            let storing = store(batch.clone());
            stores.spawn(async move { (batch, storing.await) });
        }
    }
}
