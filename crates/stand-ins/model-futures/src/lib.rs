//! A stand-in for `futures` under the explorer: combinators of futures and of streams.
//!
//! They need no runtime and make no choice, so they are the real ones; their leaves are those of
//! the stand-in for tokio, which the explorer knows. Those that remember which of their children
//! were woken, and in which order (`buffer_unordered`, `select_all`, [`stream::FuturesUnordered`]),
//! tell the explorer about each wake-up: otherwise it would take two states for one.
//!
//! Nothing is passed on wholesale; the methods of the extension traits are listed too. Left out is
//!
//! - what has a scheduling of its own: `executor`, `task::Spawn`, `channel`, `lock`, `io`, `sink`,
//!   `split`, `remote_handle`, `Abortable`; tokio's are followed;
//! - what several tasks share without the explorer seeing it: `shared`, `task::AtomicWaker`;
//! - what throws dice: `select!`, `select_biased!`, `stream_select!`; tokio's `select!` is followed;
//! - what catches panics: `catch_unwind`; a spawned task does;
//! - `try_flatten_unordered`, for which nobody has asked;
//! - the other macros (`join!`, `pin_mut!`): there are `tokio::join!` and `std::pin::pin!`.
#![expect(
    missing_docs,
    reason = "the items are those of `futures`, and are documented there"
)]

pub mod future;
pub mod stream;
mod watched;

#[doc(no_inline)]
pub use self::future::{Future, FutureExt, TryFuture, TryFutureExt};
#[doc(no_inline)]
pub use self::stream::{Stream, StreamExt, TryStream, TryStreamExt};
pub use futures_util::ready;

/// Everything a program mostly wants.
pub mod prelude {
    pub use crate::future::{self, Future, TryFuture};
    #[doc(no_inline)]
    pub use crate::future::{FutureExt as _, TryFutureExt as _};
    pub use crate::stream::{self, Stream, TryStream};
    #[doc(no_inline)]
    pub use crate::stream::{StreamExt as _, TryStreamExt as _};
}
