//! Wrong: a ticker looks every `age`; a batch is then somewhere between no and one `age` old.
//! Caught by: the_age_of_a_batch_does_not_depend_on_the_batch_before, a_batch_goes_out_when_its_oldest_reading_is_old_enough

use std::future::pending;
use std::mem;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::time::Duration;

use tokio::select;
use tokio::sync::mpsc;
use tokio::time::{Instant, interval_at};
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
    let (mut batch, mut in_store) = (Vec::new(), Vec::new());
    let mut ticker = interval_at(Instant::now() + age, age);
    let mut storing = None;
    let (mut due, mut stopped, mut ended) = (false, false, false);
    loop {
        if storing.is_none() && (due || ended || batch.len() == n.get()) {
            if batch.is_empty() {
                return Ok(summary);
            }
            in_store = mem::take(&mut batch);
            storing = Some(Box::pin(store(in_store.clone())));
            due = false;
        }
        select! {
            result = end_of(&mut storing) => {
                storing = None;
                if let Err(error) = result {
                    in_store.append(&mut batch);
                    // From here on senders get their readings back.
                    readings.close();
                    while let Some(reading) = readings.recv().await {
                        in_store.push(reading);
                    }
                    return Err(Failed { error, readings: in_store });
                }
                summary.batches += 1;
                summary.readings += in_store.len();
            }
            reading = readings.recv(), if !ended && batch.len() < n.get() => match reading {
                Some(reading) => {
                    batch.push(reading);
                }
                None => ended = true,
            },
            _ = ticker.tick() => due = !batch.is_empty(),
            () = stop.cancelled(), if !stopped => {
                stopped = true;
                readings.close();
            }
        }
    }
}

/// The end of what is under way; while nothing is, there is none.
async fn end_of<Fut: Future>(storing: &mut Option<Pin<Box<Fut>>>) -> Fut::Output {
    match storing {
        Some(storing) => storing.await,
        None => pending().await,
    }
}
