//! Futures that are polled when they were woken.

use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::Future;
use futures_util::stream::{self as real, FusedStream, Stream, StreamExt};

use crate::watched::{Wakes, Watched};

/// Futures whose results come in the order in which they are ready.
#[derive(Debug)]
#[must_use = "streams do nothing unless polled"]
pub struct FuturesUnordered<Fut> {
    real: real::FuturesUnordered<Watched<Fut>>,
    wakes: Wakes,
}

impl<Fut> FuturesUnordered<Fut> {
    #[track_caller]
    pub fn new() -> Self {
        FuturesUnordered {
            real: real::FuturesUnordered::new(),
            wakes: Wakes::new(Location::caller()),
        }
    }

    pub fn len(&self) -> usize {
        self.real.len()
    }

    pub fn is_empty(&self) -> bool {
        self.real.is_empty()
    }

    pub fn push(&self, future: Fut) {
        self.real.push(self.wakes.watch(future));
    }

    pub fn clear(&mut self) {
        self.real.clear();
    }
}

impl<Fut> Default for FuturesUnordered<Fut> {
    fn default() -> Self {
        FuturesUnordered::new()
    }
}

impl<Fut: Future> Stream for FuturesUnordered<Fut> {
    type Item = Fut::Output;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Fut::Output>> {
        self.wakes.look();
        self.real.poll_next_unpin(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.real.size_hint()
    }
}

impl<Fut: Future> FusedStream for FuturesUnordered<Fut> {
    fn is_terminated(&self) -> bool {
        self.real.is_terminated()
    }
}

impl<Fut> FromIterator<Fut> for FuturesUnordered<Fut> {
    fn from_iter<I: IntoIterator<Item = Fut>>(futures: I) -> Self {
        let mut all = FuturesUnordered::new();
        all.extend(futures);
        all
    }
}

impl<Fut> Extend<Fut> for FuturesUnordered<Fut> {
    fn extend<I: IntoIterator<Item = Fut>>(&mut self, futures: I) {
        futures.into_iter().for_each(|future| self.push(future));
    }
}
