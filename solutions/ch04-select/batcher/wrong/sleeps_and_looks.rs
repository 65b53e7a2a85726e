//! Wrong: sleeps for `age` and takes what has come by then, instead of waiting for the readings.
//! Caught by: a_batch_goes_out_when_it_has_n_readings

use std::num::NonZeroUsize;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep;
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
    loop {
        stop.run_until_cancelled(sleep(age)).await;
        if stop.is_cancelled() {
            readings.close();
        }
        let mut batch = Vec::new();
        while batch.len() < n.get() {
            match readings.try_recv() {
                Ok(reading) => batch.push(reading),
                Err(_) => break,
            }
        }
        if batch.is_empty() {
            if readings.is_closed() {
                return Ok(summary);
            }
            continue;
        }
        if let Err(error) = store(batch.clone()).await {
            readings.close();
            while let Some(reading) = readings.recv().await {
                batch.push(reading);
            }
            let readings = batch;
            return Err(Failed { error, readings });
        }
        summary.batches += 1;
        summary.readings += batch.len();
    }
}
