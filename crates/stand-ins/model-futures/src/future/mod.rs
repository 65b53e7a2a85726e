//! Futures and what can be done with them.

mod ext;
mod join_all;
mod try_ext;

pub use futures_util::future::{
    AlwaysReady, AndThen, BoxFuture, Either, ErrInto, Flatten, Fuse, FusedFuture, Future, Inspect,
    InspectErr, InspectOk, IntoFuture, IntoStream, Join, Join3, Join4, Join5, JoinAll, Lazy,
    LocalBoxFuture, Map, MapErr, MapInto, MapOk, MapOkOrElse, MaybeDone, NeverError, OkInto,
    OptionFuture, OrElse, Pending, PollFn, PollImmediate, Ready, Select, SelectAll, SelectOk, Then,
    TryFlatten, TryFlattenStream, TryFuture, TryJoin, TryJoin3, TryJoin4, TryJoin5, TryJoinAll,
    TryMaybeDone, TrySelect, UnitError, UnwrapOrElse, always_ready, err, join, join3, join4, join5,
    lazy, maybe_done, ok, pending, poll_fn, poll_immediate, ready, select, select_all, select_ok,
    try_join, try_join3, try_join4, try_join5, try_maybe_done, try_select,
};

pub use self::ext::FutureExt;
pub use self::join_all::{join_all, try_join_all};
pub use self::try_ext::TryFutureExt;
