//! Wrong: sleeps for the whole patience and then looks.
//! Caught by: a_wait_with_patience_returns_as_soon_as_the_work_is_over

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Waits for work that is done elsewhere.
#[derive(Default)]
pub struct WaitGroup {
    shared: Arc<Shared>,
}

/// Work that is not over yet.
#[must_use = "a ticket that is dropped is work that is over"]
pub struct Ticket {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    outstanding: Mutex<usize>,
    all_over: Condvar,
}

impl Shared {
    /// A number cannot be left half-changed, so a panic elsewhere does not matter.
    fn outstanding(&self) -> MutexGuard<'_, usize> {
        self.outstanding
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn ticket(self: &Arc<Self>) -> Ticket {
        *self.outstanding() += 1;
        Ticket {
            shared: Arc::clone(self),
        }
    }
}

impl WaitGroup {
    /// A group in which nothing is outstanding.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One more piece of work to wait for.
    pub fn add(&self) -> Ticket {
        self.shared.ticket()
    }

    /// Waits until no ticket is outstanding.
    pub fn wait(&self) {
        let mut outstanding = self.shared.outstanding();
        while *outstanding > 0 {
            let woken = self.shared.all_over.wait(outstanding);
            outstanding = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits until no ticket is outstanding, but not longer than `patience`. Returns whether it saw
    /// a moment without outstanding tickets.
    #[must_use = "the work may not be over"]
    pub fn wait_timeout(&self, patience: Duration) -> bool {
        if *self.shared.outstanding() > 0 {
            thread::sleep(patience);
        }
        *self.shared.outstanding() == 0
    }
}

impl Clone for Ticket {
    /// One more piece of work to wait for.
    fn clone(&self) -> Self {
        self.shared.ticket()
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut outstanding = self.shared.outstanding();
        *outstanding -= 1;
        if *outstanding == 0 {
            self.shared.all_over.notify_all();
        }
    }
}
