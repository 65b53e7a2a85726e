//! Tasks that are counted, so that a program can wait for the last of them.

mod inner;
mod wait;

use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use explore::runtime::{self, Place, Wait, task};
use model_tokio::runtime::Handle;
use model_tokio::task::{JoinHandle, LocalSet};

use self::inner::Inner;
pub use self::wait::TaskTrackerWaitFuture;

/// Counts tasks.
pub struct TaskTracker {
    inner: Arc<Inner>,
}

/// Counts as a task.
#[must_use]
#[derive(Debug)]
pub struct TaskTrackerToken {
    task_tracker: TaskTracker,
    place: Place,
}

pin_project_lite::pin_project! {
    /// A future that counts as a task.
    #[must_use = "futures do nothing unless polled"]
    pub struct TrackedFuture<F> {
        #[pin]
        future: F,
        token: TaskTrackerToken,
    }
}

impl TaskTracker {
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        TaskTracker {
            inner: Inner::new(Location::caller()),
        }
    }

    #[track_caller]
    pub fn wait(&self) -> TaskTrackerWaitFuture<'_> {
        TaskTrackerWaitFuture::new(self, Location::caller())
    }

    #[track_caller]
    pub fn close(&self) -> bool {
        self.set_closed(Location::caller(), true, "closes")
    }

    #[track_caller]
    pub fn reopen(&self) -> bool {
        self.set_closed(Location::caller(), false, "opens")
    }

    fn set_closed(&self, place: Place, closed: bool, verb: &str) -> bool {
        let turn = task::step(place);
        let before = self
            .inner
            .change(|state| std::mem::replace(&mut state.closed, closed));
        turn.say(|note| {
            let name = note.name(&self.inner.object);
            note.what(format!("{verb} {name}")).uses(&self.inner.object)
        });
        before != closed
    }

    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.inner.look(|state| state.closed)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.look(|state| state.tasks)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[track_caller]
    pub fn spawn<F>(&self, task: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        model_tokio::spawn(self.track_future(task))
    }

    #[track_caller]
    pub fn spawn_on<F>(&self, task: F, handle: &Handle) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        handle.spawn(self.track_future(task))
    }

    #[track_caller]
    pub fn spawn_local<F>(&self, task: F) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        model_tokio::task::spawn_local(self.track_future(task))
    }

    #[track_caller]
    pub fn spawn_local_on<F>(&self, task: F, local_set: &LocalSet) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        local_set.spawn_local(self.track_future(task))
    }

    #[track_caller]
    pub fn spawn_blocking<F, T>(&self, task: F) -> JoinHandle<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let token = self.token();
        model_tokio::task::spawn_blocking(move || {
            let result = task();
            drop(token);
            result
        })
    }

    #[track_caller]
    pub fn track_future<F: Future>(&self, future: F) -> TrackedFuture<F> {
        TrackedFuture {
            future,
            token: self.token(),
        }
    }

    #[track_caller]
    pub fn token(&self) -> TaskTrackerToken {
        self.inner.change(|state| state.tasks += 1);
        TaskTrackerToken {
            task_tracker: self.clone(),
            place: Location::caller(),
        }
    }

    #[must_use]
    pub fn ptr_eq(left: &TaskTracker, right: &TaskTracker) -> bool {
        Arc::ptr_eq(&left.inner, &right.inner)
    }
}

impl Default for TaskTracker {
    #[track_caller]
    fn default() -> TaskTracker {
        TaskTracker::new()
    }
}

impl Clone for TaskTracker {
    fn clone(&self) -> TaskTracker {
        TaskTracker {
            inner: self.inner.clone(),
        }
    }
}

impl fmt::Debug for TaskTracker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.inner.lock();
        f.debug_struct("TaskTracker")
            .field("len", &state.tasks)
            .field("is_closed", &state.closed)
            .finish_non_exhaustive()
    }
}

impl TaskTrackerToken {
    #[must_use]
    pub fn task_tracker(&self) -> &TaskTracker {
        &self.task_tracker
    }
}

impl Clone for TaskTrackerToken {
    #[track_caller]
    fn clone(&self) -> TaskTrackerToken {
        self.task_tracker.token()
    }
}

impl Drop for TaskTrackerToken {
    fn drop(&mut self) {
        if runtime::world().is_none() {
            return;
        }
        let inner = &self.task_tracker.inner;
        let turn = runtime::turn_in_destructor(self.place, &Wait::none());
        let left = inner.change(|state| {
            state.tasks -= 1;
            state.tasks
        });
        if left == 0 {
            turn.say(|note| {
                let name = note.name(&inner.object);
                note.what(format!("is the last task of {name} to end"))
                    .uses(&inner.object)
            });
        }
    }
}

impl<F: Future> Future for TrackedFuture<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.project().future.poll(cx)
    }
}

impl<F: fmt::Debug> fmt::Debug for TrackedFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrackedFuture")
            .field("future", &self.future)
            .field("task_tracker", self.token.task_tracker())
            .finish()
    }
}
