//! The futures at the bottom: each waits for one thing.

use std::future::poll_fn;
use std::pin::pin;
use std::task::{Poll, ready};

use explore::runtime::Turn;
use explore::runtime::task::Await;

/// Awaits a future of tokio's own, and returns the turn in which it was ready.
pub(crate) async fn leaf<F: Future>(mut wait: Await<'_>, future: F) -> (F::Output, Turn) {
    let mut future = pin!(future);
    poll_fn(|cx| {
        ready!(wait.begin());
        match future.as_mut().poll(cx) {
            Poll::Ready(output) => Poll::Ready((output, wait.ready())),
            Poll::Pending => {
                wait.pending();
                Poll::Pending
            }
        }
    })
    .await
}
