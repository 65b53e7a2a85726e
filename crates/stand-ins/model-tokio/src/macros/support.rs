//! What the macros expand to.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

pub use explore::runtime::task::Branches;
pub use std::future::{Future, IntoFuture, poll_fn as until};
pub use std::option::Option;
pub use std::pin::pin;
pub use std::result::Result;
pub use std::task::Poll as Polled;
pub use std::{matches, panic, thread_local, unreachable};

/// A future of one branch, or what has become of it.
pub enum Maybe<F: Future> {
    Running(Pin<Box<F>>),
    Done(F::Output),
    Taken,
}

/// A branch, from its expression.
pub fn running<F: IntoFuture>(future: F) -> Maybe<F::IntoFuture> {
    Maybe::Running(boxed(future))
}

/// A future that may be polled wherever it stands.
pub fn boxed<F: IntoFuture>(future: F) -> Pin<Box<F::IntoFuture>> {
    Box::pin(future.into_future())
}

impl<F: Future> Maybe<F> {
    /// Polls it if it is still running; whether it is over.
    pub fn poll(&mut self, cx: &mut Context<'_>) -> bool {
        if let Maybe::Running(future) = self {
            match future.as_mut().poll(cx) {
                Poll::Ready(output) => *self = Maybe::Done(output),
                Poll::Pending => return false,
            }
        }
        true
    }

    /// The output of one that is over.
    pub fn take(&mut self) -> F::Output {
        match std::mem::replace(self, Maybe::Taken) {
            Maybe::Done(output) => output,
            _ => unreachable!("it is over, and taken once"),
        }
    }
}

impl<F, T, E> Maybe<F>
where
    F: Future<Output = Result<T, E>>,
{
    /// Polls it if it is still running; whether it is over, or why it failed.
    pub fn try_poll(&mut self, cx: &mut Context<'_>) -> Result<bool, E> {
        if !self.poll(cx) {
            return Ok(false);
        }
        match std::mem::replace(self, Maybe::Taken) {
            Maybe::Done(Err(error)) => Err(error),
            fine => {
                *self = fine;
                Ok(true)
            }
        }
    }
}

/// Which branches are polled first: all in turn, beginning with the next one each time.
#[derive(Debug, Default)]
pub struct Rotation(usize);

impl Rotation {
    /// The order of this poll, among `count` branches.
    pub fn next(&mut self, count: usize, biased: bool) -> impl Iterator<Item = usize> + use<> {
        let first = if biased { 0 } else { self.0 };
        self.0 = (self.0 + 1) % count;
        (0..count).map(move |nth| (first + nth) % count)
    }
}

/// Runs `poll` until it is ready, one share of a poll at a time.
pub async fn run<T>(mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) -> T {
    poll_fn(|cx| {
        std::task::ready!(explore::runtime::task::budget());
        poll(cx)
    })
    .await
}

pub use crate::task::{Values, no_values};
