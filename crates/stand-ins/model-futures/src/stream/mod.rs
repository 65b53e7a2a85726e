//! Streams and what can be done with them.

mod ext;
mod ordered;
mod select_all;
mod try_ext;
mod unordered;

pub use futures_util::future::Either;
pub use futures_util::stream::{
    All, AndThen, Any, BoxStream, BufferUnordered, Buffered, Chain, Chunks, Collect, Concat, Count,
    Cycle, Empty, Enumerate, ErrInto, Filter, FilterMap, FlatMap, Flatten, FlattenUnordered, Fold,
    ForEach, Fuse, FusedStream, Inspect, InspectErr, InspectOk, IntoStream, Iter, LocalBoxStream,
    Map, MapErr, MapOk, Next, NextIf, NextIfEq, Once, OrElse, Peek, PeekMut, Peekable, Pending,
    PollFn, PollImmediate, PollNext, ReadyChunks, Repeat, RepeatWith, Scan, Select, SelectNextSome,
    SelectWithStrategy, Skip, SkipWhile, Stream, StreamFuture, Take, TakeUntil, TakeWhile, Then,
    TryAll, TryAny, TryBufferUnordered, TryBuffered, TryChunks, TryChunksError, TryCollect,
    TryConcat, TryFilter, TryFilterMap, TryFlatten, TryFold, TryForEach, TryNext, TryReadyChunks,
    TryReadyChunksError, TrySkipWhile, TryStream, TryTakeWhile, TryUnfold, Unfold, Unzip, Zip,
    empty, iter, once, pending, poll_fn, poll_immediate, repeat, repeat_with, select,
    select_with_strategy, try_unfold, unfold,
};

pub use self::ext::StreamExt;
pub use self::ordered::FuturesOrdered;
pub use self::select_all::{SelectAll, select_all};
pub use self::try_ext::TryStreamExt;
pub use self::unordered::FuturesUnordered;
