//! # Wait group
//!
//! Go waits for goroutines with a `sync.WaitGroup`: a counter that goes up with `Add`, down with
//! `Done`, and lets `Wait` pass at zero. A `Done` that is forgotten blocks for ever, one too many
//! panics, and an `Add` in the wrong place lets `Wait` pass too early. Scoped threads need no such
//! thing. It is of use where work outlives the function that started it, or starts more work.
//!
//! Below is a version for threads that cannot be told a wrong number: who works holds a ticket, and
//! a ticket that is dropped is `Done`. It is nearly right.
//!
//! The rules:
//!
//! - A ticket is outstanding from the moment [`WaitGroup::add`] returns it until it is dropped, for
//!   whatever reason: at the end of the work, by an early return, by a panic.
//! - A clone of a ticket is a ticket. Work can hand one to further work, also while others wait.
//! - [`WaitGroup::wait`] returns when no ticket is outstanding, and at once if none ever was. If
//!   new tickets come after such a moment, a waiter that has not noticed it may wait for them too.
//! - [`WaitGroup::wait_timeout`] does the same, or gives up when its patience is over.
//! - Any number of threads may wait at the same time, and all of them return.
//! - A group can be used again after a wait, like a new one.
//! - Whoever waits sleeps until there is something to see: no polling.
//! - What was done before a ticket was dropped is visible after the wait.
//!
//! You may change everything in this file but the signatures of what is public.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
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

impl WaitGroup {
    /// A group in which nothing is outstanding.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One more piece of work to wait for.
    pub fn add(&self) -> Ticket {
        self.shared.outstanding.fetch_add(1, Ordering::SeqCst);
        Ticket {
            shared: Arc::clone(&self.shared),
        }
    }

    /// Waits until no ticket is outstanding.
    pub fn wait(&self) {
        if self.shared.outstanding.load(Ordering::SeqCst) > 0 {
            let waiting = self.shared.waiting.lock();
            let waiting = waiting.unwrap_or_else(PoisonError::into_inner);
            drop(self.shared.all_over.wait(waiting));
        }
    }

    /// Waits until no ticket is outstanding, but not longer than `patience`. Returns whether it saw
    /// a moment without outstanding tickets.
    #[must_use = "the work may not be over"]
    pub fn wait_timeout(&self, patience: Duration) -> bool {
        if self.shared.outstanding.load(Ordering::SeqCst) > 0 {
            let waiting = self.shared.waiting.lock();
            let waiting = waiting.unwrap_or_else(PoisonError::into_inner);
            drop(self.shared.all_over.wait_timeout(waiting, patience));
        }
        self.shared.outstanding.load(Ordering::SeqCst) == 0
    }
}

impl Clone for Ticket {
    /// One more piece of work to wait for.
    fn clone(&self) -> Self {
        self.shared.outstanding.fetch_add(1, Ordering::SeqCst);
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if self.shared.outstanding.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.shared.all_over.notify_one();
        }
    }
}
