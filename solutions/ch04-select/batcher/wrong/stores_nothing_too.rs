//! Wrong: when the age is over, a batch goes out, whether there is one or not.
//! Caught by: no_batch_is_empty

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
    let mut ended = false;
    while !ended {
        let mut batch = Vec::new();
        let deadline = Instant::now() + age;
        while batch.len() < n.get() {
            let next = async {
                select! {
                    reading = readings.recv() => reading,
                    () = stop.cancelled() => {
                        readings.close();
                        readings.recv().await
                    }
                }
            };
            match timeout_at(deadline, next).await {
                Ok(Some(reading)) => batch.push(reading),
                Ok(None) => {
                    ended = true;
                    break;
                }
                Err(_) => break,
            }
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
    Ok(summary)
}
