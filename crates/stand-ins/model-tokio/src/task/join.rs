//! Tasks that are spawned and awaited.

use std::fmt;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use explore::runtime::task::{self, Await};
use explore::runtime::{self, LaneId, Place};

use super::{AbortHandle, Id, Job, JoinError, Shared};

/// The right to wait for a task.
pub struct JoinHandle<T> {
    shared: Arc<Shared<T>>,
    lane: LaneId,
    wait: Await<'static>,
}

impl<T> Unpin for JoinHandle<T> {}
impl<T> UnwindSafe for JoinHandle<T> {}
impl<T> RefUnwindSafe for JoinHandle<T> {}

#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    start(Location::caller(), future, Shared::new(None))
}

pub(crate) fn start<F>(
    place: Place,
    future: F,
    shared: Arc<Shared<F::Output>>,
) -> JoinHandle<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    let job = Job::new(future, shared.clone());
    let lane = task::spawn(place, Box::new(job));
    JoinHandle::new(place, shared, lane)
}

impl<T> JoinHandle<T> {
    pub(crate) fn new(place: Place, shared: Arc<Shared<T>>, lane: LaneId) -> Self {
        JoinHandle {
            shared,
            lane,
            wait: Await::by(place, lane).at_the_caller(),
        }
    }

    #[track_caller]
    pub fn abort(&self) {
        super::abort::abort(Location::caller(), self.lane);
    }

    #[track_caller]
    pub fn is_finished(&self) -> bool {
        super::abort::is_finished(Location::caller(), self.lane)
    }

    #[must_use = "abort handles do nothing unless `.abort` is called"]
    pub fn abort_handle(&self) -> AbortHandle {
        AbortHandle::new(self.lane)
    }

    pub fn id(&self) -> Id {
        Id::of(self.lane)
    }

    pub(crate) fn lane(&self) -> LaneId {
        self.lane
    }

    pub(crate) fn shared(&self) -> &Arc<Shared<T>> {
        &self.shared
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let JoinHandle { shared, lane, wait } = &mut *self;
        ready!(wait.begin());
        match shared.poll(cx) {
            Poll::Ready(result) => {
                let turn = wait.ready();
                Poll::Ready(joined(turn, *lane, result))
            }
            Poll::Pending => {
                wait.pending();
                Poll::Pending
            }
        }
    }
}

/// The current task learns how another one has ended.
pub(crate) fn joined<T>(
    turn: runtime::Turn,
    lane: LaneId,
    result: Result<T, JoinError>,
) -> Result<T, JoinError> {
    runtime::joined(lane);
    let how = match &result {
        Ok(_) => "",
        Err(error) if error.is_cancelled() => ": it was aborted",
        Err(_) => ": it panicked",
    };
    if result.as_ref().is_err_and(JoinError::is_panic) {
        runtime::panic_seen(lane);
    }
    turn.say(|note| note.what(format!("joins {}{how}", runtime::lane_name(lane))));
    result
}

impl<T: fmt::Debug> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle")
            .field("id", &self.id())
            .finish()
    }
}
