//! # Telemetry
//!
//! Buoys report what they measure, each through a channel of its own, and a station reads all of them as
//! one. How many there are is known when it runs, and new ones are put out at any time. In Go this is a
//! fan-in: a goroutine for each input copies into one output, and another one closes it after a
//! `WaitGroup`. When its context is cancelled it closes it as well, so who reads cannot tell the end of
//! the day from a cancel in the middle of it. In one guide it does not end at all if the inputs are idle.
//!
//! Below is such a fan-in. It is nearly right.
//!
//! The rules, in which a source has *ended* when all its senders are dropped and it is empty:
//!
//! - [`Merged::next`] returns each reading of each source once, those of one source in their order, and
//!   each as soon as it is there, whatever the other sources do. While several sources have readings
//!   waiting, none of them gets a third turn before each of the others has had one.
//! - When all sources have ended, and everything is handed out, `next` returns `Ok(None)`, at once and
//!   again and again. Without any sources that is so from the beginning.
//! - Sources can be added at any time, also after an `Ok(None)`: then it goes on.
//! - No reading is taken long before it is wanted: of each source at most one that was not handed out yet.
//! - Once `cancel` is cancelled, `next` returns `Err(Cancelled)` and no more readings: at once, also if it
//!   is waiting, and also if there are readings. Half of the readings are never taken for the whole:
//!   only after an `Ok(None)` it remains at that. The token is only looked at.
//! - When `next` has returned `Err(Cancelled)`, and also when the `Merged` is dropped, all sources are
//!   dropped, so that those who send are told; a source that is added after that is dropped at once.
//! - A `next` that is dropped loses nothing, also if a reading comes at the moment when it is dropped.
//! - While there is nothing to do, nothing is done: no polling.
//!
//! You may change everything in this file but the signatures of what is public. `Merged` may get
//! fields, and keeps its one type parameter.

use tokio::select;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Not all readings were handed out, since somebody has cancelled it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// The readings of many sources as one.
pub struct Merged<T> {
    /// Whoever copies has a sender. This one does not keep the channel open.
    output: mpsc::WeakSender<T>,
    readings: mpsc::Receiver<T>,
    cancel: CancellationToken,
}

impl<T: Send + 'static> Merged<T> {
    /// Merges what comes from these sources.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn new(sources: Vec<mpsc::Receiver<T>>, cancel: CancellationToken) -> Self {
        let (output, readings) = mpsc::channel(1);
        let mut merged = Self {
            output: output.downgrade(),
            readings,
            cancel,
        };
        for source in sources {
            merged.add(source);
        }
        merged
    }

    /// Merges this source as well.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn add(&mut self, mut source: mpsc::Receiver<T>) {
        let (Some(output), cancel) = (self.output.upgrade(), self.cancel.clone()) else {
            return;
        };
        tokio::spawn(async move {
            while let Some(reading) = source.recv().await {
                select! {
                    sent = output.send(reading) => if sent.is_err() { break },
                    () = cancel.cancelled() => break,
                }
            }
        });
    }

    /// The next reading of any source; `None` when all of them have ended.
    ///
    /// # Errors
    /// If it was cancelled before.
    pub async fn next(&mut self) -> Result<Option<T>, Cancelled> {
        select! {
            reading = self.readings.recv() => Ok(reading),
            () = self.cancel.cancelled() => Err(Cancelled),
        }
    }
}
