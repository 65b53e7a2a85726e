//! Wrong: asks each source in turn and waits for its answer.
//! Caught by: a_silent_source_does_not_hold_up_the_others

use std::collections::VecDeque;

use tokio::select;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Not all readings were handed out, since somebody has cancelled it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// The readings of many sources as one.
pub struct Merged<T> {
    sources: VecDeque<mpsc::Receiver<T>>,
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
            sources: sources.into(),
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
            self.sources.push_back(source);
            self.complete = false;
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
        if self.cancel.is_cancelled() {
            self.sources.clear();
            return Err(Cancelled);
        }
        while let Some(source) = self.sources.front_mut() {
            let reading = select! {
                biased;
                () = self.cancel.cancelled() => {
                    self.sources.clear();
                    return Err(Cancelled);
                }
                reading = source.recv() => reading,
            };
            if reading.is_some() {
                self.sources.rotate_left(1);
                return Ok(reading);
            }
            self.sources.pop_front();
        }
        self.complete = true;
        Ok(None)
    }
}
