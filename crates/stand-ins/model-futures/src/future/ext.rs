//! What can be done with a future.

use std::task::{Context, Poll};

use futures_util::future::{self as real, *};
use futures_util::stream::Stream;

/// The methods of the trait of this name that the explorer can follow.
pub trait FutureExt: Future {
    fn map<U, F>(self, f: F) -> Map<Self, F>
    where
        F: FnOnce(Self::Output) -> U,
        Self: Sized,
    {
        real::FutureExt::map(self, f)
    }

    fn map_into<U>(self) -> MapInto<Self, U>
    where
        Self::Output: Into<U>,
        Self: Sized,
    {
        real::FutureExt::map_into(self)
    }

    fn then<Fut, F>(self, f: F) -> Then<Self, Fut, F>
    where
        F: FnOnce(Self::Output) -> Fut,
        Fut: Future,
        Self: Sized,
    {
        real::FutureExt::then(self, f)
    }

    fn left_future<B>(self) -> Either<Self, B>
    where
        B: Future<Output = Self::Output>,
        Self: Sized,
    {
        real::FutureExt::left_future(self)
    }

    fn right_future<A>(self) -> Either<A, Self>
    where
        A: Future<Output = Self::Output>,
        Self: Sized,
    {
        real::FutureExt::right_future(self)
    }

    fn into_stream(self) -> IntoStream<Self>
    where
        Self: Sized,
    {
        real::FutureExt::into_stream(self)
    }

    fn flatten(self) -> Flatten<Self>
    where
        Self::Output: Future,
        Self: Sized,
    {
        real::FutureExt::flatten(self)
    }

    fn flatten_stream(self) -> FlattenStream<Self>
    where
        Self::Output: Stream,
        Self: Sized,
    {
        real::FutureExt::flatten_stream(self)
    }

    fn fuse(self) -> Fuse<Self>
    where
        Self: Sized,
    {
        real::FutureExt::fuse(self)
    }

    fn inspect<F>(self, f: F) -> Inspect<Self, F>
    where
        F: FnOnce(&Self::Output),
        Self: Sized,
    {
        real::FutureExt::inspect(self, f)
    }

    fn boxed<'a>(self) -> BoxFuture<'a, Self::Output>
    where
        Self: Sized + Send + 'a,
    {
        real::FutureExt::boxed(self)
    }

    fn boxed_local<'a>(self) -> LocalBoxFuture<'a, Self::Output>
    where
        Self: Sized + 'a,
    {
        real::FutureExt::boxed_local(self)
    }

    fn unit_error(self) -> UnitError<Self>
    where
        Self: Sized,
    {
        real::FutureExt::unit_error(self)
    }

    fn never_error(self) -> NeverError<Self>
    where
        Self: Sized,
    {
        real::FutureExt::never_error(self)
    }

    fn poll_unpin(&mut self, cx: &mut Context<'_>) -> Poll<Self::Output>
    where
        Self: Unpin,
    {
        real::FutureExt::poll_unpin(self, cx)
    }

    fn now_or_never(self) -> Option<Self::Output>
    where
        Self: Sized,
    {
        real::FutureExt::now_or_never(self)
    }
}

impl<T: ?Sized + Future> FutureExt for T {}
