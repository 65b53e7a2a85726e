//! What runs a future as a task, and where its result goes.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use explore::runtime::{self, Note, aside, contain, task};

use super::{Id, JoinError};

/// What a task and those who ask for its result share.
pub(crate) struct Shared<T>(Mutex<Slot<T>>);

struct Slot<T> {
    result: Option<Result<T, JoinError>>,
    over: bool,
    /// Whom to wake at the end.
    waker: Option<Waker>,
}

impl<T> Shared<T> {
    /// The result of a task that has not begun. `waker` is woken at its end.
    pub fn new(waker: Option<Waker>) -> Arc<Self> {
        Arc::new(Shared(Mutex::new(Slot {
            result: None,
            over: false,
            waker,
        })))
    }

    /// The result, once; the current task is woken when there is one.
    pub fn poll(&self, cx: &Context<'_>) -> Poll<Result<T, JoinError>> {
        let mut slot = self.lock();
        match slot.result.take() {
            Some(result) => Poll::Ready(result),
            None if slot.over => panic!("JoinHandle polled after completion"),
            None => {
                slot.waker = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    /// The result, if there is one.
    pub fn take(&self) -> Option<Result<T, JoinError>> {
        self.lock().result.take()
    }

    fn finish(&self, result: Result<T, JoinError>) {
        let waker = {
            let mut slot = self.lock();
            slot.result = Some(result);
            slot.over = true;
            slot.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Slot<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A future that runs as a task.
pub(crate) struct Job<F: Future> {
    future: Option<Pin<Box<F>>>,
    shared: Arc<Shared<F::Output>>,
}

impl<F: Future> Job<F> {
    pub fn new(future: F, shared: Arc<Shared<F::Output>>) -> Self {
        let future = Some(Box::pin(future));
        Job { future, shared }
    }

    fn finish(&self, result: Result<F::Output, JoinError>) {
        let end = match &result {
            Ok(_) => Some("ends"),
            Err(error) if error.is_cancelled() => Some("is dropped"),
            // The panic itself has been written down.
            Err(_) => None,
        };
        if let Some(end) = end {
            aside(None).say(|note: Note| note.what(end).ends());
        }
        self.shared.finish(result);
    }

    fn id() -> Id {
        Id::of(runtime::lane())
    }
}

impl<F: Future> task::Job for Job<F> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let future = &mut self.future;
        let polled = contain(|| {
            let Some(running) = future else {
                return Poll::Pending;
            };
            let polled = running.as_mut().poll(cx);
            if polled.is_ready() {
                *future = None;
            }
            polled
        });
        let result = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => Ok(output),
            Err(payload) => {
                // What is left of it is dropped before anybody knows, as in tokio.
                let _ = contain(|| *future = None);
                Err(JoinError::panic(Self::id(), payload))
            }
        };
        self.finish(result);
        Poll::Ready(())
    }

    fn cancel(&mut self) {
        let error = match contain(|| self.future = None) {
            Ok(()) => JoinError::cancelled(Self::id()),
            Err(payload) => JoinError::panic(Self::id(), payload),
        };
        self.finish(Err(error));
    }
}
