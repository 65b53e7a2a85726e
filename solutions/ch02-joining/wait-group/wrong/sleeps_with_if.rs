//! Wrong: looks before it sleeps and not after. A wake-up may come for nothing.
//! Caught by: no_wait_returns_while_a_ticket_is_outstanding

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
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
        let outstanding = self.shared.outstanding();
        if *outstanding > 0 {
            let woken = self.shared.all_over.wait(outstanding);
            drop(woken.unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// Waits until no ticket is outstanding, but not longer than `patience`. Returns whether it saw
    /// a moment without outstanding tickets.
    #[must_use = "the work may not be over"]
    pub fn wait_timeout(&self, patience: Duration) -> bool {
        let outstanding = self.shared.outstanding();
        let all_over = &self.shared.all_over;
        let woken = all_over.wait_timeout_while(outstanding, patience, |number| *number > 0);
        let (outstanding, _) = woken.unwrap_or_else(PoisonError::into_inner);
        *outstanding == 0
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
