//! Wrong: asks all sources for each reading, returns the first answer, and throws the others away.
//! Caught by: each_reading_comes_once_and_those_of_a_source_in_their_order

use std::sync::Arc;

use tokio::select;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Not all readings were handed out, since somebody has cancelled it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// The readings of many sources as one.
pub struct Merged<T> {
    sources: Vec<Arc<Mutex<mpsc::Receiver<T>>>>,
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
            sources: sources
                .into_iter()
                .map(|source| Arc::new(Mutex::new(source)))
                .collect(),
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
            self.sources.push(Arc::new(Mutex::new(source)));
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
        let mut asked = JoinSet::new();
        for source in &self.sources {
            let source = Arc::clone(source);
            asked.spawn(async move { source.lock().await.recv().await });
        }
        loop {
            let first = select! {
                biased;
                () = self.cancel.cancelled() => {
                    asked.shutdown().await;
                    self.sources.clear();
                    return Err(Cancelled);
                }
                first = asked.join_next() => first,
            };
            match first {
                Some(Ok(Some(reading))) => {
                    asked.shutdown().await;
                    return Ok(Some(reading));
                }
                Some(_) => {}
                None => {
                    self.complete = true;
                    return Ok(None);
                }
            }
        }
    }
}
