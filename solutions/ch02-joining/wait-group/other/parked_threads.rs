//! Whoever waits enters the thread in a list and parks. The last ticket empties the list, so a waiter
//! goes with the first moment at which nothing is outstanding, whatever is added after it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// Waits for work that is done elsewhere.
#[derive(Default)]
pub struct WaitGroup {
    shared: Arc<Mutex<State>>,
}

/// Work that is not over yet.
#[must_use = "a ticket that is dropped is work that is over"]
pub struct Ticket {
    shared: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    outstanding: usize,
    /// How often nothing was outstanding any more.
    batches: u64,
    waiting: Vec<Thread>,
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl WaitGroup {
    /// A group in which nothing is outstanding.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One more piece of work to wait for.
    pub fn add(&self) -> Ticket {
        lock(&self.shared).outstanding += 1;
        Ticket {
            shared: Arc::clone(&self.shared),
        }
    }

    /// Waits until no ticket is outstanding.
    pub fn wait(&self) {
        self.wait_until(None);
    }

    /// Waits until no ticket is outstanding, but not longer than `patience`. Returns whether it saw
    /// a moment without outstanding tickets.
    #[must_use = "the work may not be over"]
    pub fn wait_timeout(&self, patience: Duration) -> bool {
        self.wait_until(Some(Instant::now() + patience))
    }

    fn wait_until(&self, deadline: Option<Instant>) -> bool {
        let batch = {
            let mut state = lock(&self.shared);
            if state.outstanding == 0 {
                return true;
            }
            state.waiting.push(thread::current());
            state.batches
        };
        loop {
            match deadline {
                None => thread::park(),
                Some(deadline) => {
                    thread::park_timeout(deadline.saturating_duration_since(Instant::now()));
                }
            }
            let mut state = lock(&self.shared);
            if state.batches != batch {
                return true;
            }
            if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                let me = thread::current().id();
                state.waiting.retain(|thread| thread.id() != me);
                return false;
            }
        }
    }
}

impl Clone for Ticket {
    /// One more piece of work to wait for.
    fn clone(&self) -> Self {
        lock(&self.shared).outstanding += 1;
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut state = lock(&self.shared);
        state.outstanding -= 1;
        if state.outstanding == 0 {
            state.batches += 1;
            state.waiting.drain(..).for_each(|thread| thread.unpark());
        }
    }
}
