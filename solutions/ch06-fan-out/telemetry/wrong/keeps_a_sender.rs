//! Wrong: keeps a sender of its output for the sources that may come, so the output never ends.
//! Caught by: the_end_is_told_when_all_have_ended_and_not_before, without_sources_the_end_is_there_at_once

use tokio::select;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Not all readings were handed out, since somebody has cancelled it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// The readings of many sources as one.
pub struct Merged<T> {
    output: mpsc::UnboundedSender<(T, oneshot::Sender<()>)>,
    readings: mpsc::UnboundedReceiver<(T, oneshot::Sender<()>)>,
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
        let (output, readings) = mpsc::unbounded_channel();
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
                let (handed_out, taken) = oneshot::channel();
                let sent = output.send((reading, handed_out));
                if sent.is_err() || taken.await.is_err() {
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
                reading = self.readings.recv() => {
                    let Some((reading, handed_out)) = reading else {
                        self.complete = true;
                        return Ok(None);
                    };
                    let _ = handed_out.send(());
                    return Ok(Some(reading));
                }
            }
        }
    }
}
