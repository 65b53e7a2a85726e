//! Wrong: one reading lies in the channel, and the copier has the next one in its hands.
//! Caught by: of_each_source_at_most_one_reading_is_taken_ahead

use tokio::select;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Not all readings were handed out, since somebody has cancelled it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// The readings of many sources as one.
pub struct Merged<T> {
    output: mpsc::Sender<T>,
    readings: mpsc::Receiver<T>,
    copiers: JoinSet<()>,
    complete: bool,
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
            output,
            readings,
            copiers: JoinSet::new(),
            complete: false,
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
        if self.cancel.is_cancelled() {
            return;
        }
        self.complete = false;
        let output = self.output.clone();
        self.copiers.spawn(async move {
            while let Some(reading) = source.recv().await {
                if output.send(reading).await.is_err() {
                    break;
                }
            }
        });
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
            select! {
                biased;
                () = self.cancel.cancelled() => {
                    self.copiers.shutdown().await;
                    return Err(Cancelled);
                }
                Some(reading) = self.readings.recv() => {
                    return Ok(Some(reading));
                }
                over = self.copiers.join_next() => if over.is_none() {
                    let last = self.readings.try_recv().ok();
                    self.complete = last.is_none();
                    return Ok(last);
                },
            }
        }
    }
}
