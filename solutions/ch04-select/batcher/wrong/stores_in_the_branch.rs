//! Wrong: waits for the store in a branch of the loop. Meanwhile nobody takes readings or looks at the stop.
//! Caught by: a_busy_store_does_not_hold_up_the_next_n_readings, a_reading_grows_older_while_the_store_is_busy, no_reading_is_accepted_after_a_stop_even_while_the_store_is_busy

use std::mem;
use std::num::NonZeroUsize;
use std::time::Duration;

use tokio::select;
use tokio::sync::mpsc;
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
    let mut batch = Vec::new();
    let mut deadline = Instant::now();
    let (mut stopped, mut ended) = (false, false);
    while !ended {
        select! {
            reading = readings.recv() => match reading {
                Some(reading) => {
                    if batch.is_empty() {
                        deadline = Instant::now() + age;
                    }
                    batch.push(reading);
                    if batch.len() < n.get() {
                        continue;
                    }
                }
                None => ended = true,
            },
            () = sleep_until(deadline), if !batch.is_empty() => {}
            () = stop.cancelled(), if !stopped => {
                stopped = true;
                readings.close();
                continue;
            }
        }
        if batch.is_empty() {
            continue;
        }
        let mut in_store = mem::take(&mut batch);
        if let Err(error) = store(in_store.clone()).await {
            readings.close();
            while let Some(reading) = readings.recv().await {
                in_store.push(reading);
            }
            let readings = in_store;
            return Err(Failed { error, readings });
        }
        summary.batches += 1;
        summary.readings += in_store.len();
    }
    Ok(summary)
}
