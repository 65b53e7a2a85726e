//! A token that is lent, and used by a task that may live longer.
//!
//! In Go every function hands its `ctx` on, to calls and to goroutines alike, and that a goroutine
//! outlives the request shows later. In Rust a call may borrow the token, and a task may not. To
//! write the `clone` is to say that somebody goes on after the return.

// refused: E0521

use tokio_util::sync::CancellationToken;

pub fn start(stop: &CancellationToken) {
    tokio::spawn(async move { stop.cancelled().await }); //~
}
