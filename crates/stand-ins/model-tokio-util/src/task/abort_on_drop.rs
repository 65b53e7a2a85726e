//! Handles that abort their task when they are dropped.

use std::fmt;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll};

use model_tokio::task::{AbortHandle, JoinError, JoinHandle};

/// Aborts the task when it is dropped.
#[must_use = "Dropping the handle aborts the task immediately"]
pub struct AbortOnDropHandle<T>(Option<JoinHandle<T>>);

/// Aborts the task when it is dropped.
#[must_use = "Dropping the handle aborts the task immediately"]
pub struct AbortOnDrop(AbortHandle);

impl<T> AbortOnDropHandle<T> {
    pub fn new(handle: JoinHandle<T>) -> Self {
        AbortOnDropHandle(Some(handle))
    }

    #[track_caller]
    pub fn abort(&self) {
        self.handle().abort();
    }

    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.handle().is_finished()
    }

    pub fn abort_handle(&self) -> AbortHandle {
        self.handle().abort_handle()
    }

    pub fn detach(mut self) -> JoinHandle<T> {
        self.0.take().expect(THERE)
    }

    fn handle(&self) -> &JoinHandle<T> {
        self.0.as_ref().expect(THERE)
    }
}

const THERE: &str = "there until it is detached";

impl<T> Drop for AbortOnDropHandle<T> {
    fn drop(&mut self) {
        if explore::runtime::world().is_some()
            && let Some(handle) = &self.0
        {
            handle.abort();
        }
    }
}

impl<T> Future for AbortOnDropHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(self.0.as_mut().expect(THERE)).poll(cx)
    }
}

impl<T> AsRef<JoinHandle<T>> for AbortOnDropHandle<T> {
    fn as_ref(&self) -> &JoinHandle<T> {
        self.handle()
    }
}

impl<T> fmt::Debug for AbortOnDropHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AbortOnDropHandle")
            .field("id", &self.handle().id())
            .finish()
    }
}

impl AbortOnDrop {
    pub fn new(handle: AbortHandle) -> Self {
        AbortOnDrop(handle)
    }

    #[track_caller]
    pub fn abort(&self) {
        self.0.abort();
    }

    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.0.is_finished()
    }

    pub fn detach(self) -> AbortHandle {
        ManuallyDrop::new(self).0.clone()
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if explore::runtime::world().is_some() {
            self.0.abort();
        }
    }
}

impl fmt::Debug for AbortOnDrop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AbortOnDrop")
            .field("id", &self.0.id())
            .finish()
    }
}
