//! A stage with batches, with a limit on how many are under way, and with a watch on memory.
//!
//! What the chapter teaches one by one stands together here. A batch goes out when it is full, at
//! the next tick if it is not, and at the end in any case. Where all places are taken, nothing is
//! received, so that the source waits. While memory is short, one item of so many is kept, and
//! those that are not are counted: every item is stored, dropped or lost, and the three add up.
//! `checks/intake.rs` runs it under every schedule within a bound.

use std::future::Future;
use std::num::NonZeroUsize;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{self, Instant, MissedTickBehavior};

/// How much, and how often.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// So many items make a batch.
    pub batch: NonZeroUsize,
    /// So many batches are stored at a time.
    pub at_once: NonZeroUsize,
    /// So often a batch goes out that is not full, and memory is looked at.
    pub every: Duration,
    /// While memory is short, one of so many items is kept.
    pub keep_one_in: NonZeroUsize,
}

/// What has become of the items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fate {
    /// In a batch that was stored.
    pub stored: usize,
    /// Not kept, because memory was short.
    pub dropped: usize,
    /// In a batch whose `store` panicked; they are counted when the stage ends.
    pub lost: usize,
}

/// Stores all items in batches, until their senders are gone; what became of them. In the meantime
/// `fate` has how far it is.
///
/// `memory_is_short` is asked at the start and once in a period. It is the place for a look at
/// `/proc/self/statm` or at the limits of a container, which costs too much for every item.
///
/// # Panics
/// If `limits.every` is zero.
pub async fn take_in<T, F>(
    mut items: mpsc::Receiver<T>,
    limits: Limits,
    memory_is_short: impl Fn() -> bool,
    store: impl Fn(Vec<T>) -> F,
    fate: &watch::Sender<Fate>,
) -> Fate
where
    T: Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let size = limits.batch.get();
    // The first tick of `interval` is due at once, and would take the first item for a batch.
    let mut period = time::interval_at(Instant::now() + limits.every, limits.every);
    period.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut storing = JoinSet::new();
    let mut batch = Vec::new();
    let mut kept = 0;
    let mut passed_over = 0;
    let mut is_short = memory_is_short();
    let mut is_due = false;
    loop {
        if storing.len() < limits.at_once.get() && (batch.len() == size || is_due) {
            is_due = false;
            let number = batch.len();
            start(&mut storing, number, store(std::mem::take(&mut batch)));
        }
        // All three may lose the race without a loss: a tick, a message, a result stay where they
        // are.
        tokio::select! {
            Some(stored) = storing.join_next() => note(fate, stored),
            _ = period.tick() => {
                is_short = memory_is_short();
                is_due = !batch.is_empty();
            }
            item = items.recv(), if batch.len() < size => match item {
                None => break,
                Some(_) if is_short && passed_over + 1 < limits.keep_one_in.get() => {
                    passed_over += 1;
                    fate.send_modify(|fate| fate.dropped += 1);
                }
                Some(item) => {
                    passed_over = 0;
                    kept += 1;
                    batch.push(item);
                }
            },
        }
    }
    if !batch.is_empty() {
        while storing.len() == limits.at_once.get() {
            if let Some(stored) = storing.join_next().await {
                note(fate, stored);
            }
        }
        start(&mut storing, batch.len(), store(batch));
    }
    while let Some(stored) = storing.join_next().await {
        note(fate, stored);
    }
    fate.send_modify(|fate| fate.lost = kept - fate.stored);
    *fate.borrow()
}

fn start(
    storing: &mut JoinSet<usize>,
    items: usize,
    store: impl Future<Output = ()> + Send + 'static,
) {
    storing.spawn(async move {
        store.await;
        items
    });
}

/// Counts the items of a batch that was stored. What became of the others shows in the end.
fn note<E>(fate: &watch::Sender<Fate>, stored: Result<usize, E>) {
    if let Ok(items) = stored {
        fate.send_modify(|fate| fate.stored += items);
    }
}
