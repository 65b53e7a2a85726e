//! The store works in a task of its own, in a set that owns it; readings are taken as many at a time as
//! there are. A batch carries its deadline.

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
    let mut storing = JoinSet::new();
    let mut batch = Vec::new();
    let mut deadline = None;
    let mut ended = false;
    loop {
        let due = deadline.is_some_and(|deadline| Instant::now() >= deadline);
        if storing.is_empty() && (due || ended || batch.len() == n.get()) {
            if batch.is_empty() {
                return Ok(summary);
            }
            let readings = std::mem::take(&mut batch);
            let work = store(readings.clone());
            storing.spawn(async move { (work.await, readings) });
            deadline = None;
        }
        let room = n.get() - batch.len();
        let closed = readings.is_closed();
        let wake = match deadline {
            Some(deadline) if storing.is_empty() => deadline,
            _ => Instant::now() + Duration::from_secs(86_400 * 365),
        };
        select! {
            Some(stored) = storing.join_next() => {
                let (result, mut stored) = stored.expect("the store does not panic");
                if let Err(error) = result {
                    readings.close();
                    stored.append(&mut batch);
                    while readings.recv_many(&mut stored, 100).await > 0 {}
                    return Err(Failed { error, readings: stored });
                }
                summary.batches += 1;
                summary.readings += stored.len();
            }
            came = readings.recv_many(&mut batch, room), if room > 0 && !ended => {
                ended = came == 0;
                deadline = deadline.or_else(|| (!ended).then(|| Instant::now() + age));
            }
            () = stop.cancelled(), if !closed => readings.close(),
            () = sleep_until(wake) => {}
        }
    }
}
