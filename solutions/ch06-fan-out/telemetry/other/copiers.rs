//! A task for each source. It hands its reading over and waits until somebody has it before it
//! takes the next one. That all have ended is seen by the tasks and not by the channel, which stays
//! open.

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
                Some((reading, handed_out)) = self.readings.recv() => {
                    let _ = handed_out.send(());
                    return Ok(Some(reading));
                }
                // Whoever is over has seen all its readings handed out.
                over = self.copiers.join_next() => if over.is_none() {
                    self.complete = true;
                    return Ok(None);
                },
            }
        }
    }
}
