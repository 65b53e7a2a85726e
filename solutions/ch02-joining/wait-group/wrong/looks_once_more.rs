//! Wrong: tells what it sees after it has waited. By then new work may have come, and the wait has given up before its time.
//! Caught by: new_work_does_not_make_a_wait_give_up_early

use std::sync::atomic::{AtomicUsize, Ordering};
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
    outstanding: AtomicUsize,
    waiting: Mutex<()>,
    all_over: Condvar,
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, ()> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn outstanding(&self) -> usize {
        self.outstanding.load(Ordering::Acquire)
    }

    fn ticket(self: &Arc<Self>) -> Ticket {
        self.outstanding.fetch_add(1, Ordering::Relaxed);
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
        if self.shared.outstanding() == 0 {
            return;
        }
        let mut waiting = self.shared.waiting();
        while self.shared.outstanding() > 0 {
            let woken = self.shared.all_over.wait(waiting);
            waiting = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits until no ticket is outstanding, but not longer than `patience`. Returns whether it saw
    /// a moment without outstanding tickets.
    #[must_use = "the work may not be over"]
    pub fn wait_timeout(&self, patience: Duration) -> bool {
        let (waiting, all_over) = (self.shared.waiting(), &self.shared.all_over);
        let outstanding = |_: &mut ()| self.shared.outstanding() > 0;
        let woken = all_over.wait_timeout_while(waiting, patience, outstanding);
        let (waiting, _) = woken.unwrap_or_else(PoisonError::into_inner);
        drop(waiting);
        self.shared.outstanding() == 0
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
        if self.shared.outstanding.fetch_sub(1, Ordering::AcqRel) == 1 {
            let _waiting = self.shared.waiting();
            self.shared.all_over.notify_all();
        }
    }
}
