//! Waiting for the last task.

use std::fmt;
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use explore::runtime::Place;
use explore::runtime::task::Await;

use super::TaskTracker;
use super::inner::Inner;

pin_project_lite::pin_project! {
    /// Ready once the tracker is closed and empty.
    #[must_use = "futures do nothing unless polled"]
    pub struct TaskTrackerWaitFuture<'a> {
        tracker: &'a TaskTracker,
        wait: Await<'static>,
        ends: u64,
        ticket: Ticket,
        #[pin]
        pinned: PhantomPinned,
    }
}

struct Ticket {
    inner: Arc<Inner>,
    number: Option<u64>,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            self.inner.lock().waiters.leave(number);
        }
    }
}

impl<'a> TaskTrackerWaitFuture<'a> {
    pub(super) fn new(tracker: &'a TaskTracker, place: Place) -> Self {
        let inner = tracker.inner.clone();
        TaskTrackerWaitFuture {
            tracker,
            wait: Await::on_shared(place, inner.object.clone(), "waits for the tasks of"),
            ends: inner.look(|state| state.ends),
            ticket: Ticket {
                inner,
                number: None,
            },
            pinned: PhantomPinned,
        }
    }
}

impl Future for TaskTrackerWaitFuture<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        let inner = &this.ticket.inner;
        ready!(this.wait.begin());
        let is_over = {
            let mut state = inner.lock();
            let is_over = state.ends != *this.ends || state.closed && state.tasks == 0;
            if !is_over {
                let number = state.waiters.wait(this.ticket.number, cx);
                this.ticket.number = Some(number);
            }
            is_over
        };
        if !is_over {
            this.wait.pending();
            return Poll::Pending;
        }
        this.wait.ready().say(|note| {
            let name = note.name(&inner.object);
            note.what(format!("sees that all tasks of {name} are over"))
                .uses(&inner.object)
        });
        Poll::Ready(())
    }
}

impl fmt::Debug for TaskTrackerWaitFuture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskTrackerWaitFuture")
            .field("task_tracker", self.tracker)
            .finish()
    }
}
