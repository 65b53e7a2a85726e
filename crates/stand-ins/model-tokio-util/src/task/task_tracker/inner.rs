//! What all clones of a tracker share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use explore::runtime::{self, Edge, Object, Place, Touch};

use crate::waiters::Waiters;

#[derive(Debug)]
pub(super) struct Inner {
    pub object: Arc<Object>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub closed: bool,
    pub tasks: usize,
    /// How often the last task has ended while it was closed.
    pub ends: u64,
    pub waiters: Waiters,
}

impl Inner {
    pub fn new(made: Place) -> Arc<Self> {
        Arc::new(Inner {
            object: Arc::new(Object::new("TaskTracker", made)),
            state: Mutex::default(),
        })
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state, and wakes whoever waited for it. Returns what `change` does.
    pub fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        runtime::aside(None).touch(&self.object, Touch::Write, Edge::None);
        let (result, wakers) = {
            let mut state = self.lock();
            let before = state.closed && state.tasks == 0;
            let result = change(&mut state);
            let over = state.closed && state.tasks == 0;
            let wakers = if over && !before {
                state.ends += 1;
                state.waiters.take()
            } else {
                Vec::new()
            };
            (result, wakers)
        };
        for waker in wakers {
            waker.wake();
        }
        result
    }

    /// Looks at the state.
    pub fn look<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        runtime::aside(None).touch(&self.object, Touch::Read, Edge::None);
        look(&self.lock())
    }
}
