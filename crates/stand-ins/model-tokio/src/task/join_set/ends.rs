//! The tasks of a set that are over, in the order of their ends.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Wake, Waker};

use explore::runtime::{Edge, Object, Touch, aside};

/// The tasks of a set that are over and have not been joined, in the order of their ends.
pub(super) struct Ends {
    object: Arc<Object>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    over: VecDeque<u64>,
    waker: Option<Waker>,
}

/// Woken at the end of one task.
pub(super) struct End {
    number: u64,
    ends: Arc<Ends>,
}

impl End {
    /// The waker for the end of the task with this number.
    pub fn waker(number: u64, ends: &Arc<Ends>) -> Waker {
        let ends = ends.clone();
        Waker::from(Arc::new(End { number, ends }))
    }
}

impl Wake for End {
    fn wake(self: Arc<Self>) {
        aside(None).touch(&self.ends.object, Touch::Write, Edge::None);
        let waker = {
            let mut state = self.ends.lock();
            state.over.push_back(self.number);
            state.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Ends {
    pub fn new(object: Arc<Object>) -> Arc<Self> {
        let state = Mutex::default();
        Arc::new(Ends { object, state })
    }

    pub fn object(&self) -> &Arc<Object> {
        &self.object
    }

    /// The next task to join.
    pub fn next(&self) -> Option<u64> {
        self.lock().over.pop_front()
    }

    /// The next task to join; the current task is woken when there is one.
    pub fn poll(&self, cx: &Context<'_>) -> Option<u64> {
        let mut state = self.lock();
        let next = state.over.pop_front();
        if next.is_none() {
            state.waker = Some(cx.waker().clone());
        }
        next
    }

    /// Nobody will join those that are over.
    pub fn forget(&self) {
        self.lock().over.clear();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
