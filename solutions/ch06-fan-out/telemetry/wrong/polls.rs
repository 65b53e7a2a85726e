//! Wrong: goes round all sources, and sleeps for 10 ms when none has anything.
//! Caught by: while_there_is_nothing_to_do_nothing_is_done

use std::collections::VecDeque;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::time;
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
        loop {
            if self.cancel.is_cancelled() {
                self.sources.clear();
                return Err(Cancelled);
            }
            for _ in 0..self.sources.len() {
                let Some(mut source) = self.sources.pop_front() else {
                    break;
                };
                match source.try_recv() {
                    Ok(reading) => {
                        self.sources.push_back(source);
                        return Ok(Some(reading));
                    }
                    Err(TryRecvError::Empty) => self.sources.push_back(source),
                    Err(TryRecvError::Disconnected) => {}
                }
            }
            if self.sources.is_empty() {
                self.complete = true;
                return Ok(None);
            }
            time::sleep(Duration::from_millis(10)).await;
        }
    }
}
