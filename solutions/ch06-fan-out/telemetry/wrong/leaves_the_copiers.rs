//! Wrong: copiers that hear neither the cancel nor the end of the reader while their source is
//! idle. One guide's fan-in does not end in that case.
//! Caught by: who_sends_is_told_when_it_is_cancelled, who_sends_is_told_when_nobody_reads_any_more

use tokio::select;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Not all readings were handed out, since somebody has cancelled it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// The readings of many sources as one.
pub struct Merged<T> {
    output: mpsc::UnboundedSender<(T, oneshot::Sender<()>)>,
    readings: mpsc::UnboundedReceiver<(T, oneshot::Sender<()>)>,
    open: Vec<JoinHandle<()>>,
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
            open: Vec::new(),
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
        self.open.push(tokio::spawn(async move {
            while let Some(reading) = source.recv().await {
                let (handed_out, taken) = oneshot::channel();
                let sent = output.send((reading, handed_out));
                if sent.is_err() || taken.await.is_err() {
                    break;
                }
            }
        }));
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
                    self.readings.close();
                    return Err(Cancelled);
                }
                Some((reading, handed_out)) = self.readings.recv() => {
                    let _ = handed_out.send(());
                    return Ok(Some(reading));
                }
                // Whoever is over has seen all its readings handed out.
                () = all_over(&mut self.open) => {
                    self.complete = true;
                    return Ok(None);
                }
            }
        }
    }
}

async fn all_over(open: &mut Vec<JoinHandle<()>>) {
    while let Some(copier) = open.last_mut() {
        let _ = copier.await;
        open.pop();
    }
}
