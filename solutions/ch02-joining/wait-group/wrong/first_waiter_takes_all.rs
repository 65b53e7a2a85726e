//! Wrong: each ticket is a channel that closes, and whoever waits takes the channels to do so. Nothing is left for a second waiter to wait for.
//! Caught by: every_thread_that_waits_returns_and_none_too_early

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crossbeam::channel::{Receiver, RecvTimeoutError, Sender, bounded};

/// Waits for work that is done elsewhere.
#[derive(Default)]
pub struct WaitGroup {
    work: Work,
}

/// Work that is not over yet.
#[must_use = "a ticket that is dropped is work that is over"]
pub struct Ticket {
    work: Work,
    _open: Sender<()>,
}

/// The ends of the work that is outstanding, and perhaps of some that is over.
#[derive(Clone, Default)]
struct Work(Arc<Mutex<Vec<Receiver<()>>>>);

impl Work {
    fn ends(&self) -> MutexGuard<'_, Vec<Receiver<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ticket(&self) -> Ticket {
        let (open, end) = bounded(0);
        self.ends().push(end);
        Ticket {
            work: self.clone(),
            _open: open,
        }
    }

    /// The end of some work.
    fn next(&self) -> Option<Receiver<()>> {
        self.ends().pop()
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
        self.work.ticket()
    }

    /// Waits until no ticket is outstanding.
    pub fn wait(&self) {
        while let Some(end) = self.work.next() {
            // An error is what we wait for.
            let _ = end.recv();
        }
    }

    /// Waits until no ticket is outstanding, but not longer than `patience`. Returns whether it saw
    /// a moment without outstanding tickets.
    #[must_use = "the work may not be over"]
    pub fn wait_timeout(&self, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        while let Some(end) = self.work.next() {
            if end.recv_deadline(deadline) == Err(RecvTimeoutError::Timeout) {
                self.work.ends().push(end);
                return false;
            }
        }
        true
    }
}

impl Clone for Ticket {
    /// One more piece of work to wait for.
    fn clone(&self) -> Self {
        self.work.ticket()
    }
}
