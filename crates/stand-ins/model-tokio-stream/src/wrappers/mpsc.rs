//! The receiving ends of `mpsc` as streams.

use std::pin::Pin;
use std::task::{Context, Poll};

use model_tokio::sync::mpsc::{Receiver, UnboundedReceiver};
use real::Stream;

macro_rules! wrapper {
    ($name:ident, $receiver:ident) => {
        /// The messages of a channel.
        #[derive(Debug)]
        pub struct $name<T> {
            inner: $receiver<T>,
        }

        impl<T> $name<T> {
            pub fn new(recv: $receiver<T>) -> Self {
                $name { inner: recv }
            }

            pub fn into_inner(self) -> $receiver<T> {
                self.inner
            }

            #[track_caller]
            pub fn close(&mut self) {
                self.inner.close();
            }
        }

        impl<T> Stream for $name<T> {
            type Item = T;

            fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
                self.inner.poll_recv(cx)
            }
        }

        impl<T> AsRef<$receiver<T>> for $name<T> {
            fn as_ref(&self) -> &$receiver<T> {
                &self.inner
            }
        }

        impl<T> AsMut<$receiver<T>> for $name<T> {
            fn as_mut(&mut self) -> &mut $receiver<T> {
                &mut self.inner
            }
        }

        impl<T> From<$receiver<T>> for $name<T> {
            fn from(recv: $receiver<T>) -> Self {
                $name::new(recv)
            }
        }
    };
}
wrapper!(ReceiverStream, Receiver);
wrapper!(UnboundedReceiverStream, UnboundedReceiver);
