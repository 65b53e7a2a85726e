//! No `select!` and no task: everything that may come first is polled in one `poll_fn`, and its state stands
//! in variables beside it.

use std::future::poll_fn;
use std::num::NonZeroUsize;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{self, Instant, Sleep};
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
    let mut next: Vec<Reading> = Vec::new();
    let mut oldest: Option<Pin<Box<Sleep>>> = None;
    let mut due = false;
    let mut ended = false;
    let mut busy: Option<(Vec<Reading>, Pin<Box<Fut>>)> = None;
    let mut stopped = pin!(stop.cancelled());
    let mut is_stopped = false;
    let result = poll_fn(|cx| {
        if !is_stopped && stopped.as_mut().poll(cx).is_ready() {
            is_stopped = true;
            readings.close();
        }
        loop {
            // The store.
            if let Some((_, storing)) = &mut busy {
                if let Poll::Ready(stored) = storing.as_mut().poll(cx) {
                    let (batch, _) = busy.take().unwrap();
                    match stored {
                        Ok(()) => {
                            summary.batches += 1;
                            summary.readings += batch.len();
                        }
                        Err(error) => return Poll::Ready(Err((error, batch))),
                    }
                }
            }
            // The readings.
            while next.len() < n.get() && !ended {
                match readings.poll_recv(cx) {
                    Poll::Ready(Some(reading)) => {
                        if next.is_empty() {
                            oldest = Some(Box::pin(time::sleep_until(Instant::now() + age)));
                        }
                        next.push(reading);
                    }
                    Poll::Ready(None) => ended = true,
                    Poll::Pending => break,
                }
            }
            // The clock.
            if let Some(sleep) = &mut oldest {
                if sleep.as_mut().poll(cx).is_ready() {
                    oldest = None;
                    due = true;
                }
            }
            if busy.is_some() {
                return Poll::Pending;
            }
            if next.is_empty() {
                return if ended {
                    Poll::Ready(Ok(()))
                } else {
                    Poll::Pending
                };
            }
            if next.len() < n.get() && !due && !ended {
                return Poll::Pending;
            }
            due = false;
            oldest = None;
            let batch = std::mem::take(&mut next);
            busy = Some((batch.clone(), Box::pin(store(batch))));
        }
    })
    .await;
    match result {
        Ok(()) => Ok(summary),
        Err((error, mut left)) => {
            left.append(&mut next);
            readings.close();
            while let Some(reading) = readings.recv().await {
                left.push(reading);
            }
            Err(Failed {
                error,
                readings: left,
            })
        }
    }
}
