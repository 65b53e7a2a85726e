//! A channel for each ticket, on which nothing is ever sent: dropping the ticket closes it. To wait is
//! to hear the end of each.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crossbeam::channel::{Receiver, RecvTimeoutError, Sender, TryRecvError, bounded};

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

    /// The end of some work that is not over.
    fn outstanding(&self) -> Option<Receiver<()>> {
        let mut ends = self.ends();
        ends.retain(|end| end.try_recv() == Err(TryRecvError::Empty));
        ends.last().cloned()
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
        while let Some(end) = self.work.outstanding() {
            // An error is what we wait for.
            let _ = end.recv();
        }
    }

    /// Waits until no ticket is outstanding, but not longer than `patience`. Returns whether it saw
    /// a moment without outstanding tickets.
    #[must_use = "the work may not be over"]
    pub fn wait_timeout(&self, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        while let Some(end) = self.work.outstanding() {
            if end.recv_deadline(deadline) == Err(RecvTimeoutError::Timeout) {
                return self.work.outstanding().is_none();
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
