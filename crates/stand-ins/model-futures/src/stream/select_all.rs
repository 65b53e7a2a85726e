//! Several streams as one.

use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{self as real, FusedStream, Stream, StreamExt};

use crate::watched::{Wakes, Watched};

/// Several streams whose items come in the order in which they are ready.
#[must_use = "streams do nothing unless polled"]
pub struct SelectAll<St> {
    real: real::SelectAll<Watched<St>>,
    wakes: Wakes,
}

#[track_caller]
pub fn select_all<I>(streams: I) -> SelectAll<I::Item>
where
    I: IntoIterator,
    I::Item: Stream + Unpin,
{
    let mut all = SelectAll::new();
    all.extend(streams);
    all
}

impl<St: Stream + Unpin> SelectAll<St> {
    #[track_caller]
    pub fn new() -> Self {
        SelectAll {
            real: real::SelectAll::new(),
            wakes: Wakes::new(Location::caller()),
        }
    }

    pub fn len(&self) -> usize {
        self.real.len()
    }

    pub fn is_empty(&self) -> bool {
        self.real.is_empty()
    }

    pub fn push(&mut self, stream: St) {
        self.real.push(self.wakes.watch(stream));
    }

    pub fn clear(&mut self) {
        self.real.clear();
    }
}

impl<St: Stream + Unpin> Default for SelectAll<St> {
    fn default() -> Self {
        SelectAll::new()
    }
}

impl<St: std::fmt::Debug> std::fmt::Debug for SelectAll<St> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.real.fmt(f)
    }
}

impl<St: Stream + Unpin> Stream for SelectAll<St> {
    type Item = St::Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<St::Item>> {
        self.wakes.look();
        self.real.poll_next_unpin(cx)
    }
}

impl<St: Stream + Unpin> FusedStream for SelectAll<St> {
    fn is_terminated(&self) -> bool {
        self.real.is_terminated()
    }
}

impl<St: Stream + Unpin> FromIterator<St> for SelectAll<St> {
    fn from_iter<I: IntoIterator<Item = St>>(streams: I) -> Self {
        select_all(streams)
    }
}

impl<St: Stream + Unpin> Extend<St> for SelectAll<St> {
    fn extend<I: IntoIterator<Item = St>>(&mut self, streams: I) {
        streams.into_iter().for_each(|stream| self.push(stream));
    }
}
