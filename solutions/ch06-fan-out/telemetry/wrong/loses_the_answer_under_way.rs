//! Wrong: one task has the sources and answers who asks. It takes back what it cannot deliver; but
//! an answer that is delivered, and whose reader leaves before looking at it, is gone.
//! Caught by: a_call_that_is_given_up_loses_nothing

use std::collections::VecDeque;

use futures::StreamExt;
use futures::stream::SelectAll;
use tokio::select;
use tokio::sync::{mpsc, oneshot};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// Not all readings were handed out, since somebody has cancelled it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

enum Order<T> {
    Add(mpsc::Receiver<T>),
    Next(oneshot::Sender<Result<Option<T>, Cancelled>>),
}

/// The readings of many sources as one.
pub struct Merged<T> {
    orders: mpsc::UnboundedSender<Order<T>>,
    _actor: AbortOnDropHandle<()>,
}

struct Actor<T> {
    inbox: mpsc::UnboundedReceiver<Order<T>>,
    sources: SelectAll<ReceiverStream<T>>,
    /// What was answered to somebody who had gone.
    returned: Option<T>,
    is_complete: bool,
    cancel: CancellationToken,
}

impl<T: Send + 'static> Actor<T> {
    async fn run(mut self) {
        let mut questions = VecDeque::new();
        loop {
            let is_asked = !questions.is_empty();
            let answer = select! {
                biased;
                () = self.cancel.cancelled(), if is_asked && !self.is_complete => {
                    self.sources.clear();
                    self.returned = None;
                    Err(Cancelled)
                }
                order = self.inbox.recv() => {
                    match order {
                        Some(Order::Next(question)) => questions.push_back(question),
                        Some(Order::Add(source)) if !self.cancel.is_cancelled() => {
                            self.sources.push(ReceiverStream::new(source));
                            self.is_complete = false;
                        }
                        Some(Order::Add(_)) => {}
                        None => return,
                    }
                    continue;
                }
                reading = next(&mut self.returned, &mut self.sources), if is_asked => {
                    self.is_complete = reading.is_none();
                    Ok(reading)
                }
            };
            let question = questions.pop_front().expect("somebody has asked");
            if let Err(Ok(reading)) = question.send(answer) {
                self.returned = reading;
            }
        }
    }
}

async fn next<T: Send + 'static>(
    returned: &mut Option<T>,
    sources: &mut SelectAll<ReceiverStream<T>>,
) -> Option<T> {
    match returned.take() {
        Some(reading) => Some(reading),
        None => sources.next().await,
    }
}

impl<T: Send + 'static> Merged<T> {
    /// Merges what comes from these sources.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn new(sources: Vec<mpsc::Receiver<T>>, cancel: CancellationToken) -> Self {
        let (orders, inbox) = mpsc::unbounded_channel();
        let actor = Actor {
            inbox,
            sources: sources.into_iter().map(ReceiverStream::new).collect(),
            returned: None,
            is_complete: false,
            cancel,
        };
        Self {
            orders,
            _actor: AbortOnDropHandle::new(tokio::spawn(actor.run())),
        }
    }

    /// Merges this source as well.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn add(&mut self, source: mpsc::Receiver<T>) {
        let _ = self.orders.send(Order::Add(source));
    }

    /// The next reading of any source; `None` when all of them have ended.
    ///
    /// # Errors
    /// If it was cancelled before.
    pub async fn next(&mut self) -> Result<Option<T>, Cancelled> {
        let (question, answer) = oneshot::channel();
        let _ = self.orders.send(Order::Next(question));
        answer.await.unwrap_or(Err(Cancelled))
    }
}
