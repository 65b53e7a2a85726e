//! A future written by hand: it looks at the sources one after the other, beginning with the one
//! whose last turn is the longest ago.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Not all readings were handed out, since somebody has cancelled it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// The readings of many sources as one.
pub struct Merged<T> {
    /// Whoever had a turn goes to the end.
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
        let mut cancelled = pin!(self.cancel.cancelled());
        poll_fn(|context| {
            if cancelled.as_mut().poll(context).is_ready() {
                self.sources.clear();
                return Poll::Ready(Err(Cancelled));
            }
            for _ in 0..self.sources.len() {
                let Some(mut source) = self.sources.pop_front() else {
                    break;
                };
                let reading = source.poll_recv(context);
                if let Poll::Ready(None) = reading {
                    continue;
                }
                self.sources.push_back(source);
                if reading.is_ready() {
                    return reading.map(Ok);
                }
            }
            if self.sources.is_empty() {
                self.complete = true;
                return Poll::Ready(Ok(None));
            }
            Poll::Pending
        })
        .await
    }
}
