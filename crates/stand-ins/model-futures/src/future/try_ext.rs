//! What can be done with a future of a result.

use std::task::{Context, Poll};

use futures_util::future::{self as real, *};
use futures_util::stream::TryStream;

/// The methods of the trait of this name that the explorer can follow.
pub trait TryFutureExt: TryFuture {
    fn map_ok<T, F>(self, f: F) -> MapOk<Self, F>
    where
        F: FnOnce(Self::Ok) -> T,
        Self: Sized,
    {
        real::TryFutureExt::map_ok(self, f)
    }

    fn map_ok_or_else<T, E, F>(self, e: E, f: F) -> MapOkOrElse<Self, F, E>
    where
        F: FnOnce(Self::Ok) -> T,
        E: FnOnce(Self::Error) -> T,
        Self: Sized,
    {
        real::TryFutureExt::map_ok_or_else(self, e, f)
    }

    fn map_err<E, F>(self, f: F) -> MapErr<Self, F>
    where
        F: FnOnce(Self::Error) -> E,
        Self: Sized,
    {
        real::TryFutureExt::map_err(self, f)
    }

    fn err_into<E>(self) -> ErrInto<Self, E>
    where
        Self: Sized,
        Self::Error: Into<E>,
    {
        real::TryFutureExt::err_into(self)
    }

    fn ok_into<U>(self) -> OkInto<Self, U>
    where
        Self: Sized,
        Self::Ok: Into<U>,
    {
        real::TryFutureExt::ok_into(self)
    }

    fn and_then<Fut, F>(self, f: F) -> AndThen<Self, Fut, F>
    where
        F: FnOnce(Self::Ok) -> Fut,
        Fut: TryFuture<Error = Self::Error>,
        Self: Sized,
    {
        real::TryFutureExt::and_then(self, f)
    }

    fn or_else<Fut, F>(self, f: F) -> OrElse<Self, Fut, F>
    where
        F: FnOnce(Self::Error) -> Fut,
        Fut: TryFuture<Ok = Self::Ok>,
        Self: Sized,
    {
        real::TryFutureExt::or_else(self, f)
    }

    fn inspect_ok<F>(self, f: F) -> InspectOk<Self, F>
    where
        F: FnOnce(&Self::Ok),
        Self: Sized,
    {
        real::TryFutureExt::inspect_ok(self, f)
    }

    fn inspect_err<F>(self, f: F) -> InspectErr<Self, F>
    where
        F: FnOnce(&Self::Error),
        Self: Sized,
    {
        real::TryFutureExt::inspect_err(self, f)
    }

    fn try_flatten(self) -> TryFlatten<Self, Self::Ok>
    where
        Self::Ok: TryFuture<Error = Self::Error>,
        Self: Sized,
    {
        real::TryFutureExt::try_flatten(self)
    }

    fn try_flatten_stream(self) -> TryFlattenStream<Self>
    where
        Self::Ok: TryStream<Error = Self::Error>,
        Self: Sized,
    {
        real::TryFutureExt::try_flatten_stream(self)
    }

    fn unwrap_or_else<F>(self, f: F) -> UnwrapOrElse<Self, F>
    where
        Self: Sized,
        F: FnOnce(Self::Error) -> Self::Ok,
    {
        real::TryFutureExt::unwrap_or_else(self, f)
    }

    fn into_future(self) -> IntoFuture<Self>
    where
        Self: Sized,
    {
        real::TryFutureExt::into_future(self)
    }

    fn try_poll_unpin(&mut self, cx: &mut Context<'_>) -> Poll<Result<Self::Ok, Self::Error>>
    where
        Self: Unpin,
    {
        real::TryFutureExt::try_poll_unpin(self, cx)
    }
}

impl<T: ?Sized + TryFuture> TryFutureExt for T {}
