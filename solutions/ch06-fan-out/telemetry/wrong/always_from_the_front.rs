//! Wrong: looks at the sources in the order of the list, each time from the front.
//! Caught by: a_source_that_always_has_readings_does_not_shut_out_the_others, who_comes_later_than_a_source_with_many_readings_has_a_turn

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
    sources: Vec<mpsc::Receiver<T>>,
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
            sources,
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
            self.sources.push(source);
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
            let mut first = None;
            self.sources.retain_mut(|source| {
                if first.is_some() {
                    return true;
                }
                match source.poll_recv(context) {
                    Poll::Ready(None) => return false,
                    Poll::Ready(reading) => first = reading,
                    Poll::Pending => {}
                }
                true
            });
            if first.is_some() {
                return Poll::Ready(Ok(first));
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
