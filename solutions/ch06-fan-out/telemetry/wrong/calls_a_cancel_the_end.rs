//! Wrong: ends as if all sources had when it is cancelled. The output of a guide is closed in
//! either case.
//! Caught by: a_cancel_is_told_while_all_sources_are_idle, after_a_cancel_no_readings_come_and_it_is_no_end

use futures::StreamExt;
use futures::stream::SelectAll;
use tokio::select;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;

/// Not all readings were handed out, since somebody has cancelled it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// The readings of many sources as one.
pub struct Merged<T> {
    sources: SelectAll<ReceiverStream<T>>,
    /// Whether all that were merged so far have ended, and that was told.
    complete: bool,
    cancel: CancellationToken,
}

impl<T: Send + 'static> Merged<T> {
    /// Merges what comes from these sources.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn new(sources: Vec<mpsc::Receiver<T>>, cancel: CancellationToken) -> Self {
        Self {
            sources: sources.into_iter().map(ReceiverStream::new).collect(),
            complete: false,
            cancel,
        }
    }

    /// Merges this source as well.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn add(&mut self, source: mpsc::Receiver<T>) {
        if !self.cancel.is_cancelled() {
            self.complete = false;
            self.sources.push(ReceiverStream::new(source));
        }
    }

    /// The next reading of any source; `None` when all of them have ended.
    ///
    /// # Errors
    /// If it was cancelled before.
    pub async fn next(&mut self) -> Result<Option<T>, Cancelled> {
        if self.complete {
            return Ok(None);
        }
        select! {
            biased;
            () = self.cancel.cancelled() => {
                self.sources.clear();
                self.complete = true;
                Ok(None)
            }
            reading = self.sources.next() => {
                self.complete = reading.is_none();
                Ok(reading)
            }
        }
    }
}
