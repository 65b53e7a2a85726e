//! Futures that are polled when they were woken, and answer in turn.

use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::Future;
use futures_util::stream::{self as real, FusedStream, Stream, StreamExt};

use crate::watched::{Wakes, Watched};

/// Futures whose results come in the order in which they were added.
#[must_use = "streams do nothing unless polled"]
pub struct FuturesOrdered<Fut: Future> {
    real: real::FuturesOrdered<Watched<Fut>>,
    wakes: Wakes,
}

impl<Fut: Future> FuturesOrdered<Fut> {
    #[track_caller]
    pub fn new() -> Self {
        FuturesOrdered {
            real: real::FuturesOrdered::new(),
            wakes: Wakes::new(Location::caller()),
        }
    }

    pub fn len(&self) -> usize {
        self.real.len()
    }

    pub fn is_empty(&self) -> bool {
        self.real.is_empty()
    }

    pub fn push_back(&mut self, future: Fut) {
        self.real.push_back(self.wakes.watch(future));
    }

    pub fn push_front(&mut self, future: Fut) {
        self.real.push_front(self.wakes.watch(future));
    }

    pub fn clear(&mut self) {
        self.real.clear();
    }
}

impl<Fut: Future> Default for FuturesOrdered<Fut> {
    fn default() -> Self {
        FuturesOrdered::new()
    }
}

impl<Fut: Future> std::fmt::Debug for FuturesOrdered<Fut> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.real.fmt(f)
    }
}

impl<Fut: Future> Stream for FuturesOrdered<Fut> {
    type Item = Fut::Output;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Fut::Output>> {
        self.wakes.look();
        self.real.poll_next_unpin(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.real.size_hint()
    }
}

impl<Fut: Future> FusedStream for FuturesOrdered<Fut> {
    fn is_terminated(&self) -> bool {
        self.real.is_terminated()
    }
}

impl<Fut: Future> FromIterator<Fut> for FuturesOrdered<Fut> {
    fn from_iter<I: IntoIterator<Item = Fut>>(futures: I) -> Self {
        let mut all = FuturesOrdered::new();
        all.extend(futures);
        all
    }
}

impl<Fut: Future> Extend<Fut> for FuturesOrdered<Fut> {
    fn extend<I: IntoIterator<Item = Fut>>(&mut self, futures: I) {
        futures
            .into_iter()
            .for_each(|future| self.push_back(future));
    }
}
