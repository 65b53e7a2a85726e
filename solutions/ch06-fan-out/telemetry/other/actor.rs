//! One task has the sources, and hands out a reading when it is asked for one. A question that was asked
//! is asked only once: who leaves and comes back goes on to wait for its answer. The cancel is a matter
//! between the reader and the task as a whole.

use futures::StreamExt;
use futures::stream::SelectAll;
use tokio::select;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;

/// Not all readings were handed out, since somebody has cancelled it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

enum Order<T> {
    Add(mpsc::Receiver<T>),
    Next(oneshot::Sender<Option<T>>),
}

/// The readings of many sources as one.
pub struct Merged<T> {
    orders: mpsc::UnboundedSender<Order<T>>,
    asked: Option<oneshot::Receiver<Option<T>>>,
    actor: JoinSet<()>,
    /// Whether a source came after the last question.
    added: bool,
    complete: bool,
    cancel: CancellationToken,
}

async fn act<T: Send + 'static>(
    mut orders: mpsc::UnboundedReceiver<Order<T>>,
    mut sources: SelectAll<ReceiverStream<T>>,
) {
    let mut question = None;
    loop {
        select! {
            biased;
            order = orders.recv() => match order {
                Some(Order::Next(asked)) => question = Some(asked),
                Some(Order::Add(source)) => sources.push(ReceiverStream::new(source)),
                None => return,
            },
            reading = sources.next(), if question.is_some() => {
                if let Some(question) = question.take() {
                    // Who asked is still there, or is about to end this task.
                    let _ = question.send(reading);
                }
            }
        }
    }
}

impl<T: Send + 'static> Merged<T> {
    /// Merges what comes from these sources.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn new(sources: Vec<mpsc::Receiver<T>>, cancel: CancellationToken) -> Self {
        let (orders, inbox) = mpsc::unbounded_channel();
        let sources = sources.into_iter().map(ReceiverStream::new).collect();
        let mut actor = JoinSet::new();
        actor.spawn(act(inbox, sources));
        Self {
            orders,
            asked: None,
            actor,
            added: false,
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
            let _ = self.orders.send(Order::Add(source));
            self.added = true;
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
            let answer = self.asked.get_or_insert_with(|| {
                let (question, answer) = oneshot::channel();
                let _ = self.orders.send(Order::Next(question));
                self.added = false;
                answer
            });
            let reading = select! {
                biased;
                () = self.cancel.cancelled() => {
                    self.actor.shutdown().await;
                    return Err(Cancelled);
                }
                answer = answer => answer.map_err(|_| Cancelled)?,
            };
            self.asked = None;
            // An old answer says nothing of a source that came after the question.
            if reading.is_some() || !self.added {
                self.complete = reading.is_none();
                return Ok(reading);
            }
        }
    }
}
