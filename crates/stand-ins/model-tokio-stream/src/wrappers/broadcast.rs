//! The receiving end of `broadcast` as a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use model_tokio::sync::broadcast::Receiver;
use model_tokio::sync::broadcast::error::RecvError;
use real::Stream;

type Received<T> = Pin<Box<dyn Future<Output = (Result<T, RecvError>, Receiver<T>)> + Send>>;

/// The messages of a channel, and how many were missed.
pub struct BroadcastStream<T> {
    inner: Received<T>,
}

/// Some messages were missed.
#[derive(Debug, PartialEq, Eq, Clone)]
pub enum BroadcastStreamRecvError {
    /// So many.
    Lagged(u64),
}

impl fmt::Display for BroadcastStreamRecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BroadcastStreamRecvError::Lagged(count) = self;
        write!(f, "channel lagged by {count}")
    }
}

impl std::error::Error for BroadcastStreamRecvError {}

fn receive<T: Clone + Send + 'static>(mut receiver: Receiver<T>) -> Received<T> {
    Box::pin(async move {
        let received = receiver.recv().await;
        (received, receiver)
    })
}

impl<T: Clone + Send + 'static> BroadcastStream<T> {
    pub fn new(rx: Receiver<T>) -> Self {
        BroadcastStream { inner: receive(rx) }
    }
}

impl<T: Clone + Send + 'static> Stream for BroadcastStream<T> {
    type Item = Result<T, BroadcastStreamRecvError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let (received, receiver) = ready!(self.inner.as_mut().poll(cx));
        self.inner = receive(receiver);
        Poll::Ready(match received {
            Ok(message) => Some(Ok(message)),
            Err(RecvError::Closed) => None,
            Err(RecvError::Lagged(count)) => Some(Err(BroadcastStreamRecvError::Lagged(count))),
        })
    }
}

impl<T> fmt::Debug for BroadcastStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BroadcastStream").finish()
    }
}

impl<T: Clone + Send + 'static> From<Receiver<T>> for BroadcastStream<T> {
    fn from(rx: Receiver<T>) -> Self {
        BroadcastStream::new(rx)
    }
}
