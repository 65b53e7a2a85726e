//! What can be done with a stream.

use std::panic::Location;
use std::task::{Context, Poll};

use futures_util::future::{Either, Future};
use futures_util::stream::{self as real, *};

use crate::watched::{Parent, Wakes, Watching};

/// The methods of the trait of this name that the explorer can follow.
pub trait StreamExt: Stream {
    fn next(&mut self) -> Next<'_, Self>
    where
        Self: Unpin,
    {
        real::StreamExt::next(self)
    }

    fn into_future(self) -> StreamFuture<Self>
    where
        Self: Sized + Unpin,
    {
        real::StreamExt::into_future(self)
    }

    fn map<T, F>(self, f: F) -> Map<Self, F>
    where
        F: FnMut(Self::Item) -> T,
        Self: Sized,
    {
        real::StreamExt::map(self, f)
    }

    fn enumerate(self) -> Enumerate<Self>
    where
        Self: Sized,
    {
        real::StreamExt::enumerate(self)
    }

    fn filter<Fut, F>(self, f: F) -> Filter<Self, Fut, F>
    where
        F: FnMut(&Self::Item) -> Fut,
        Fut: Future<Output = bool>,
        Self: Sized,
    {
        real::StreamExt::filter(self, f)
    }

    fn filter_map<Fut, T, F>(self, f: F) -> FilterMap<Self, Fut, F>
    where
        F: FnMut(Self::Item) -> Fut,
        Fut: Future<Output = Option<T>>,
        Self: Sized,
    {
        real::StreamExt::filter_map(self, f)
    }

    fn then<Fut, F>(self, f: F) -> Then<Self, Fut, F>
    where
        F: FnMut(Self::Item) -> Fut,
        Fut: Future,
        Self: Sized,
    {
        real::StreamExt::then(self, f)
    }

    fn collect<C: Default + Extend<Self::Item>>(self) -> Collect<Self, C>
    where
        Self: Sized,
    {
        real::StreamExt::collect(self)
    }

    fn unzip<A, B, FromA, FromB>(self) -> Unzip<Self, FromA, FromB>
    where
        FromA: Default + Extend<A>,
        FromB: Default + Extend<B>,
        Self: Sized + Stream<Item = (A, B)>,
    {
        real::StreamExt::unzip(self)
    }

    fn concat(self) -> Concat<Self>
    where
        Self: Sized,
        Self::Item: Extend<<<Self as Stream>::Item as IntoIterator>::Item> + IntoIterator + Default,
    {
        real::StreamExt::concat(self)
    }

    fn count(self) -> Count<Self>
    where
        Self: Sized,
    {
        real::StreamExt::count(self)
    }

    fn cycle(self) -> Cycle<Self>
    where
        Self: Sized + Clone,
    {
        real::StreamExt::cycle(self)
    }

    fn fold<T, Fut, F>(self, init: T, f: F) -> Fold<Self, Fut, T, F>
    where
        F: FnMut(T, Self::Item) -> Fut,
        Fut: Future<Output = T>,
        Self: Sized,
    {
        real::StreamExt::fold(self, init, f)
    }

    fn any<Fut, F>(self, f: F) -> Any<Self, Fut, F>
    where
        F: FnMut(Self::Item) -> Fut,
        Fut: Future<Output = bool>,
        Self: Sized,
    {
        real::StreamExt::any(self, f)
    }

    fn all<Fut, F>(self, f: F) -> All<Self, Fut, F>
    where
        F: FnMut(Self::Item) -> Fut,
        Fut: Future<Output = bool>,
        Self: Sized,
    {
        real::StreamExt::all(self, f)
    }

    fn flatten(self) -> Flatten<Self>
    where
        Self::Item: Stream,
        Self: Sized,
    {
        real::StreamExt::flatten(self)
    }

    #[track_caller]
    fn flatten_unordered(
        self,
        limit: impl Into<Option<usize>>,
    ) -> Parent<FlattenUnordered<Watching<Self>>>
    where
        Self::Item: Stream + Unpin,
        Self: Sized,
    {
        let wakes = Wakes::new(Location::caller());
        let watching = Watching::new(self, wakes.clone());
        Parent::new(wakes, real::StreamExt::flatten_unordered(watching, limit))
    }

    fn flat_map<U, F>(self, f: F) -> FlatMap<Self, U, F>
    where
        F: FnMut(Self::Item) -> U,
        U: Stream,
        Self: Sized,
    {
        real::StreamExt::flat_map(self, f)
    }

    #[track_caller]
    fn flat_map_unordered<U, F>(
        self,
        limit: impl Into<Option<usize>>,
        f: F,
    ) -> Parent<FlattenUnordered<Watching<Map<Self, F>>>>
    where
        U: Stream + Unpin,
        F: FnMut(Self::Item) -> U,
        Self: Sized,
    {
        self.map(f).flatten_unordered(limit)
    }

    fn scan<S, B, Fut, F>(self, initial_state: S, f: F) -> Scan<Self, S, Fut, F>
    where
        F: FnMut(&mut S, Self::Item) -> Fut,
        Fut: Future<Output = Option<B>>,
        Self: Sized,
    {
        real::StreamExt::scan(self, initial_state, f)
    }

    fn skip_while<Fut, F>(self, f: F) -> SkipWhile<Self, Fut, F>
    where
        F: FnMut(&Self::Item) -> Fut,
        Fut: Future<Output = bool>,
        Self: Sized,
    {
        real::StreamExt::skip_while(self, f)
    }

    fn take_while<Fut, F>(self, f: F) -> TakeWhile<Self, Fut, F>
    where
        F: FnMut(&Self::Item) -> Fut,
        Fut: Future<Output = bool>,
        Self: Sized,
    {
        real::StreamExt::take_while(self, f)
    }

    fn take_until<Fut>(self, fut: Fut) -> TakeUntil<Self, Fut>
    where
        Fut: Future,
        Self: Sized,
    {
        real::StreamExt::take_until(self, fut)
    }

    fn for_each<Fut, F>(self, f: F) -> ForEach<Self, Fut, F>
    where
        F: FnMut(Self::Item) -> Fut,
        Fut: Future<Output = ()>,
        Self: Sized,
    {
        real::StreamExt::for_each(self, f)
    }

    #[track_caller]
    fn for_each_concurrent<Fut, F>(
        self,
        limit: impl Into<Option<usize>>,
        mut f: F,
    ) -> impl Future<Output = ()>
    where
        F: FnMut(Self::Item) -> Fut,
        Fut: Future<Output = ()>,
        Self: Sized,
    {
        let wakes = Wakes::new(Location::caller());
        let own = wakes.clone();
        let watch = move |item| own.watch(f(item));
        Parent::new(
            wakes,
            real::StreamExt::for_each_concurrent(self, limit, watch),
        )
    }

    fn take(self, n: usize) -> Take<Self>
    where
        Self: Sized,
    {
        real::StreamExt::take(self, n)
    }

    fn skip(self, n: usize) -> Skip<Self>
    where
        Self: Sized,
    {
        real::StreamExt::skip(self, n)
    }

    fn fuse(self) -> Fuse<Self>
    where
        Self: Sized,
    {
        real::StreamExt::fuse(self)
    }

    fn by_ref(&mut self) -> &mut Self {
        self
    }

    fn boxed<'a>(self) -> BoxStream<'a, Self::Item>
    where
        Self: Sized + Send + 'a,
    {
        real::StreamExt::boxed(self)
    }

    fn boxed_local<'a>(self) -> LocalBoxStream<'a, Self::Item>
    where
        Self: Sized + 'a,
    {
        real::StreamExt::boxed_local(self)
    }

    #[track_caller]
    fn buffered(self, n: usize) -> Parent<Buffered<Watching<Self>>>
    where
        Self::Item: Future,
        Self: Sized,
    {
        let wakes = Wakes::new(Location::caller());
        let watching = Watching::new(self, wakes.clone());
        Parent::new(wakes, real::StreamExt::buffered(watching, n))
    }

    #[track_caller]
    fn buffer_unordered(self, n: usize) -> Parent<BufferUnordered<Watching<Self>>>
    where
        Self::Item: Future,
        Self: Sized,
    {
        let wakes = Wakes::new(Location::caller());
        let watching = Watching::new(self, wakes.clone());
        Parent::new(wakes, real::StreamExt::buffer_unordered(watching, n))
    }

    fn zip<St>(self, other: St) -> Zip<Self, St>
    where
        St: Stream,
        Self: Sized,
    {
        real::StreamExt::zip(self, other)
    }

    fn chain<St>(self, other: St) -> Chain<Self, St>
    where
        St: Stream<Item = Self::Item>,
        Self: Sized,
    {
        real::StreamExt::chain(self, other)
    }

    fn peekable(self) -> Peekable<Self>
    where
        Self: Sized,
    {
        real::StreamExt::peekable(self)
    }

    fn chunks(self, capacity: usize) -> Chunks<Self>
    where
        Self: Sized,
    {
        real::StreamExt::chunks(self, capacity)
    }

    fn ready_chunks(self, capacity: usize) -> ReadyChunks<Self>
    where
        Self: Sized,
    {
        real::StreamExt::ready_chunks(self, capacity)
    }

    fn inspect<F>(self, f: F) -> Inspect<Self, F>
    where
        F: FnMut(&Self::Item),
        Self: Sized,
    {
        real::StreamExt::inspect(self, f)
    }

    fn left_stream<B>(self) -> Either<Self, B>
    where
        B: Stream<Item = Self::Item>,
        Self: Sized,
    {
        real::StreamExt::left_stream(self)
    }

    fn right_stream<B>(self) -> Either<B, Self>
    where
        B: Stream<Item = Self::Item>,
        Self: Sized,
    {
        real::StreamExt::right_stream(self)
    }

    fn poll_next_unpin(&mut self, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>
    where
        Self: Unpin,
    {
        real::StreamExt::poll_next_unpin(self, cx)
    }

    fn select_next_some(&mut self) -> SelectNextSome<'_, Self>
    where
        Self: Unpin + FusedStream,
    {
        real::StreamExt::select_next_some(self)
    }
}

impl<T: ?Sized + Stream> StreamExt for T {}
