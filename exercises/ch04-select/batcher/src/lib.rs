//! # Batcher
//!
//! Sensors send readings one by one; the store takes them in batches, and takes its time. In Go this
//! is a `for` around a `select` with a channel, a timer and a `ctx.Done()`, and the store is called
//! from one of the cases.
//!
//! Below is a port of that. It is nearly right.
//!
//! The rules, in which a reading is *accepted* when its `send` succeeds, and *taken* when it has left
//! the channel:
//!
//! - A batch goes to the store when it has `n` readings, or when its oldest one was taken `age` ago,
//!   whichever comes first. No batch is empty, and none has more than `n`.
//! - The store works on one batch at a time. Batches go to it in the order of the readings, and the
//!   readings stand in a batch in that order.
//! - While the store works, `n` more readings are taken for the next batch, without delay, and not
//!   one more: what is sent then stays in the channel. If the next batch is due before the store is
//!   free, it goes out at the moment when the store is.
//! - When the channel is closed and empty, the rest goes out without waiting for its age, and
//!   `batch` returns how much was stored.
//! - From the moment when `stop` is cancelled, no reading is accepted any more, also while the store
//!   works. What was accepted until then is stored, without waiting for its age, and `batch` returns
//!   as it does at the end of the channel.
//! - If the store fails, it has stored nothing of that batch. Then `batch` returns at once, with the
//!   error and with every accepted reading that is not stored, in order. A reading that is not among
//!   them and not stored was never accepted.
//! - While there is nothing to do, nothing is done: no polling.
//! - If the future of `batch` is dropped half-way, nothing that it started goes on.
//!
//! You may change everything in this file but the signatures of what is public.

use std::num::NonZeroUsize;
use std::time::Duration;

use tokio::select;
use tokio::sync::mpsc;
use tokio::time;
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
    let mut ended = false;
    while !ended {
        select! {
            reading = readings.recv() => match reading {
                Some(reading) => {
                    batch.push(reading);
                    if batch.len() < n.get() {
                        continue;
                    }
                }
                None => ended = true,
            },
            () = time::sleep(age) => {}
            () = stop.cancelled() => ended = true,
        }
        let full = std::mem::take(&mut batch);
        if let Err(error) = store(full.clone()).await {
            let readings = full;
            return Err(Failed { error, readings });
        }
        summary.batches += 1;
        summary.readings += full.len();
    }
    Ok(summary)
}
