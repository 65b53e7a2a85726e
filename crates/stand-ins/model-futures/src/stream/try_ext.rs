//! What can be done with a stream of results.

use std::panic::Location;
use std::task::{Context, Poll};

use futures_util::future::{Future, TryFuture};
use futures_util::stream::{self as real, *};

use crate::watched::{Parent, TryWatching, Wakes};

/// The methods of the trait of this name that the explorer can follow.
pub trait TryStreamExt: TryStream {
    fn err_into<E>(self) -> ErrInto<Self, E>
    where
        Self: Sized,
        Self::Error: Into<E>,
    {
        real::TryStreamExt::err_into(self)
    }

    fn map_ok<T, F>(self, f: F) -> MapOk<Self, F>
    where
        Self: Sized,
        F: FnMut(Self::Ok) -> T,
    {
        real::TryStreamExt::map_ok(self, f)
    }

    fn map_err<E, F>(self, f: F) -> MapErr<Self, F>
    where
        Self: Sized,
        F: FnMut(Self::Error) -> E,
    {
        real::TryStreamExt::map_err(self, f)
    }

    fn and_then<Fut, F>(self, f: F) -> AndThen<Self, Fut, F>
    where
        F: FnMut(Self::Ok) -> Fut,
        Fut: TryFuture<Error = Self::Error>,
        Self: Sized,
    {
        real::TryStreamExt::and_then(self, f)
    }

    fn or_else<Fut, F>(self, f: F) -> OrElse<Self, Fut, F>
    where
        F: FnMut(Self::Error) -> Fut,
        Fut: TryFuture<Ok = Self::Ok>,
        Self: Sized,
    {
        real::TryStreamExt::or_else(self, f)
    }

    fn inspect_ok<F>(self, f: F) -> InspectOk<Self, F>
    where
        F: FnMut(&Self::Ok),
        Self: Sized,
    {
        real::TryStreamExt::inspect_ok(self, f)
    }

    fn inspect_err<F>(self, f: F) -> InspectErr<Self, F>
    where
        F: FnMut(&Self::Error),
        Self: Sized,
    {
        real::TryStreamExt::inspect_err(self, f)
    }

    fn into_stream(self) -> IntoStream<Self>
    where
        Self: Sized,
    {
        real::TryStreamExt::into_stream(self)
    }

    fn try_next(&mut self) -> TryNext<'_, Self>
    where
        Self: Unpin,
    {
        real::TryStreamExt::try_next(self)
    }

    fn try_for_each<Fut, F>(self, f: F) -> TryForEach<Self, Fut, F>
    where
        F: FnMut(Self::Ok) -> Fut,
        Fut: TryFuture<Ok = (), Error = Self::Error>,
        Self: Sized,
    {
        real::TryStreamExt::try_for_each(self, f)
    }

    fn try_skip_while<Fut, F>(self, f: F) -> TrySkipWhile<Self, Fut, F>
    where
        F: FnMut(&Self::Ok) -> Fut,
        Fut: TryFuture<Ok = bool, Error = Self::Error>,
        Self: Sized,
    {
        real::TryStreamExt::try_skip_while(self, f)
    }

    fn try_take_while<Fut, F>(self, f: F) -> TryTakeWhile<Self, Fut, F>
    where
        F: FnMut(&Self::Ok) -> Fut,
        Fut: TryFuture<Ok = bool, Error = Self::Error>,
        Self: Sized,
    {
        real::TryStreamExt::try_take_while(self, f)
    }

    #[track_caller]
    fn try_for_each_concurrent<Fut, F>(
        self,
        limit: impl Into<Option<usize>>,
        mut f: F,
    ) -> impl Future<Output = Result<(), Self::Error>>
    where
        F: FnMut(Self::Ok) -> Fut,
        Fut: Future<Output = Result<(), Self::Error>>,
        Self: Sized,
    {
        let wakes = Wakes::new(Location::caller());
        let own = wakes.clone();
        let watch = move |item| own.watch(f(item));
        Parent::new(
            wakes,
            real::TryStreamExt::try_for_each_concurrent(self, limit, watch),
        )
    }

    fn try_collect<C: Default + Extend<Self::Ok>>(self) -> TryCollect<Self, C>
    where
        Self: Sized,
    {
        real::TryStreamExt::try_collect(self)
    }

    fn try_chunks(self, capacity: usize) -> TryChunks<Self>
    where
        Self: Sized,
    {
        real::TryStreamExt::try_chunks(self, capacity)
    }

    fn try_ready_chunks(self, capacity: usize) -> TryReadyChunks<Self>
    where
        Self: Sized,
    {
        real::TryStreamExt::try_ready_chunks(self, capacity)
    }

    fn try_filter<Fut, F>(self, f: F) -> TryFilter<Self, Fut, F>
    where
        Fut: Future<Output = bool>,
        F: FnMut(&Self::Ok) -> Fut,
        Self: Sized,
    {
        real::TryStreamExt::try_filter(self, f)
    }

    fn try_filter_map<Fut, F, T>(self, f: F) -> TryFilterMap<Self, Fut, F>
    where
        Fut: TryFuture<Ok = Option<T>, Error = Self::Error>,
        F: FnMut(Self::Ok) -> Fut,
        Self: Sized,
    {
        real::TryStreamExt::try_filter_map(self, f)
    }

    fn try_flatten(self) -> TryFlatten<Self>
    where
        Self::Ok: TryStream,
        <Self::Ok as TryStream>::Error: From<Self::Error>,
        Self: Sized,
    {
        real::TryStreamExt::try_flatten(self)
    }

    fn try_fold<T, Fut, F>(self, init: T, f: F) -> TryFold<Self, Fut, T, F>
    where
        F: FnMut(T, Self::Ok) -> Fut,
        Fut: TryFuture<Ok = T, Error = Self::Error>,
        Self: Sized,
    {
        real::TryStreamExt::try_fold(self, init, f)
    }

    fn try_concat(self) -> TryConcat<Self>
    where
        Self: Sized,
        Self::Ok: Extend<<<Self as TryStream>::Ok as IntoIterator>::Item> + IntoIterator + Default,
    {
        real::TryStreamExt::try_concat(self)
    }

    #[track_caller]
    fn try_buffer_unordered(self, n: usize) -> Parent<TryBufferUnordered<TryWatching<Self>>>
    where
        Self::Ok: TryFuture<Error = Self::Error>,
        Self: Sized,
    {
        let wakes = Wakes::new(Location::caller());
        let watching = TryWatching::new(self, wakes.clone());
        Parent::new(wakes, real::TryStreamExt::try_buffer_unordered(watching, n))
    }

    #[track_caller]
    fn try_buffered(self, n: usize) -> Parent<TryBuffered<TryWatching<Self>>>
    where
        Self::Ok: TryFuture<Error = Self::Error>,
        Self: Sized,
    {
        let wakes = Wakes::new(Location::caller());
        let watching = TryWatching::new(self, wakes.clone());
        Parent::new(wakes, real::TryStreamExt::try_buffered(watching, n))
    }

    fn try_poll_next_unpin(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Self::Ok, Self::Error>>>
    where
        Self: Unpin,
    {
        real::TryStreamExt::try_poll_next_unpin(self, cx)
    }

    fn try_all<Fut, F>(self, f: F) -> TryAll<Self, Fut, F>
    where
        Self: Sized,
        F: FnMut(Self::Ok) -> Fut,
        Fut: Future<Output = bool>,
    {
        real::TryStreamExt::try_all(self, f)
    }

    fn try_any<Fut, F>(self, f: F) -> TryAny<Self, Fut, F>
    where
        Self: Sized,
        F: FnMut(Self::Ok) -> Fut,
        Fut: Future<Output = bool>,
    {
        real::TryStreamExt::try_any(self, f)
    }
}

impl<T: ?Sized + TryStream> TryStreamExt for T {}
