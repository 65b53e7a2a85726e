//! The receiving end of `watch` as a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use model_tokio::sync::watch::Receiver;
use model_tokio::sync::watch::error::RecvError;
use real::Stream;

type Changed<T> = Pin<Box<dyn Future<Output = (Result<(), RecvError>, Receiver<T>)> + Send>>;

/// The newest value, each time there is one.
pub struct WatchStream<T> {
    inner: Changed<T>,
}

fn changed<T: Send + Sync + 'static>(mut receiver: Receiver<T>) -> Changed<T> {
    Box::pin(async move {
        let changed = receiver.changed().await;
        (changed, receiver)
    })
}

impl<T: Clone + Send + Sync + 'static> WatchStream<T> {
    pub fn new(rx: Receiver<T>) -> Self {
        WatchStream {
            inner: Box::pin(async move { (Ok(()), rx) }),
        }
    }

    pub fn from_changes(rx: Receiver<T>) -> Self {
        WatchStream { inner: changed(rx) }
    }
}

impl<T: Clone + Send + Sync + 'static> Stream for WatchStream<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let (result, mut receiver) = ready!(self.inner.as_mut().poll(cx));
        let value = result
            .ok()
            .map(|()| (*receiver.borrow_and_update()).clone());
        self.inner = changed(receiver);
        Poll::Ready(value)
    }
}

impl<T> fmt::Debug for WatchStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WatchStream").finish()
    }
}

impl<T: Clone + Send + Sync + 'static> From<Receiver<T>> for WatchStream<T> {
    fn from(rx: Receiver<T>) -> Self {
        WatchStream::new(rx)
    }
}
