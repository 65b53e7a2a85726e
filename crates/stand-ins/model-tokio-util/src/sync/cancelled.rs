//! Waiting for a token to be cancelled.

use std::fmt;
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use explore::runtime::Place;
use explore::runtime::task::Await;

use super::CancellationToken;
use super::node::Node;

/// One that waits.
struct Waiter {
    node: Arc<Node>,
    wait: Await<'static>,
    ticket: Option<u64>,
}

impl Waiter {
    fn new(token: &CancellationToken, place: Place) -> Self {
        let node = token.node.clone();
        let wait = Await::on_shared(place, node.object.clone(), "waits for the end of");
        Waiter {
            node,
            wait,
            ticket: None,
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        ready!(self.wait.begin());
        if !self.node.is_cancelled() {
            self.ticket = Some(self.node.wait(self.ticket, cx));
            self.wait.pending();
            return Poll::Pending;
        }
        self.wait.ready().say(|note| {
            let name = note.name(&self.node.object);
            note.what(format!("sees that {name} is cancelled"))
                .uses(&self.node.object)
        });
        Poll::Ready(())
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            self.node.leave(ticket);
        }
    }
}

pin_project_lite::pin_project! {
    /// Ready once the token is cancelled.
    #[must_use = "futures do nothing unless polled"]
    pub struct WaitForCancellationFuture<'a> {
        token: &'a CancellationToken,
        waiter: Waiter,
        #[pin]
        pinned: PhantomPinned,
    }
}

pin_project_lite::pin_project! {
    /// Ready once the token is cancelled.
    #[must_use = "futures do nothing unless polled"]
    pub struct WaitForCancellationFutureOwned {
        waiter: Waiter,
        #[pin]
        pinned: PhantomPinned,
    }
}

impl<'a> WaitForCancellationFuture<'a> {
    pub(super) fn new(token: &'a CancellationToken, place: Place) -> Self {
        WaitForCancellationFuture {
            token,
            waiter: Waiter::new(token, place),
            pinned: PhantomPinned,
        }
    }
}

impl WaitForCancellationFutureOwned {
    pub(super) fn new(token: CancellationToken, place: Place) -> Self {
        WaitForCancellationFutureOwned {
            waiter: Waiter::new(&token, place),
            pinned: PhantomPinned,
        }
    }
}

impl Future for WaitForCancellationFuture<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.project().waiter.poll(cx)
    }
}

impl Future for WaitForCancellationFutureOwned {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.project().waiter.poll(cx)
    }
}

impl fmt::Debug for WaitForCancellationFuture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitForCancellationFuture")
            .field("token", self.token)
            .finish()
    }
}

impl fmt::Debug for WaitForCancellationFutureOwned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitForCancellationFutureOwned")
            .finish_non_exhaustive()
    }
}
