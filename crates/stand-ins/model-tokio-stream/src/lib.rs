//! A stand-in for `tokio-stream` under the explorer: the ends of channels as streams.
//!
//! The methods of `StreamExt` need no runtime and make no choice, so they are the real ones. Left
//! out are those with a clock (`timeout`, `timeout_repeating`, `throttle`, `chunks_timeout`): the
//! real ones would go by the real clock. `StreamMap` throws dice that the explorer does not see.
//! What waits for files, sockets and signals is missing as it is in the stand-in for tokio.
#![expect(
    missing_docs,
    reason = "the items are those of `tokio-stream`, and are documented there"
)]

pub mod wrappers;

pub use real::{
    Empty, FromStream, Iter, Once, Pending, Stream, StreamExt, StreamNotifyClose, empty, iter,
    once, pending,
};
