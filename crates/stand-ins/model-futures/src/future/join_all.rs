//! Waiting for all of many futures.

use std::panic::Location;

use futures_util::TryFuture;
use futures_util::future::{self as real, IntoFuture, JoinAll, TryJoinAll};

use crate::watched::{Parent, Wakes, Watched, each};

#[track_caller]
pub fn join_all<I>(futures: I) -> Parent<JoinAll<Watched<I::Item>>>
where
    I: IntoIterator,
    I::Item: Future,
{
    let wakes = Wakes::new(Location::caller());
    let all = real::join_all(each(futures, &wakes));
    Parent::new(wakes, all)
}

#[track_caller]
pub fn try_join_all<I>(futures: I) -> Parent<TryJoinAll<Watched<IntoFuture<I::Item>>>>
where
    I: IntoIterator,
    I::Item: TryFuture,
{
    let futures = futures.into_iter().map(real::TryFutureExt::into_future);
    let wakes = Wakes::new(Location::caller());
    let all = real::try_join_all(each(futures, &wakes));
    Parent::new(wakes, all)
}
