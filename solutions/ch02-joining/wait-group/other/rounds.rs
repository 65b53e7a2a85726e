//! Counts rounds as well: whoever waits goes on when the round is over in which it came, whatever has been
//! added since.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

#[derive(Default)]
struct Count {
    outstanding: usize,
    /// How often the count came down to zero.
    rounds: u64,
}

impl Count {
    /// Whether the round that is now is still going on later.
    fn round_goes_on(&self) -> impl Fn(&mut Count) -> bool + Copy + use<> {
        let now = self.rounds;
        move |count| count.outstanding > 0 && count.rounds == now
    }
}

#[derive(Default)]
struct Shared {
    count: Mutex<Count>,
    round_over: Condvar,
}

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

impl WaitGroup {
    /// A group in which nothing is outstanding.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One more piece of work to wait for.
    pub fn add(&self) -> Ticket {
        Ticket::issue(&self.shared)
    }

    /// Waits until no ticket is outstanding.
    pub fn wait(&self) {
        let mut count = self.shared.count.lock();
        let goes_on = count.round_goes_on();
        self.shared.round_over.wait_while(&mut count, goes_on);
    }

    /// Waits until no ticket is outstanding, but not longer than `patience`. Returns whether it saw
    /// a moment without outstanding tickets.
    #[must_use = "the work may not be over"]
    pub fn wait_timeout(&self, patience: Duration) -> bool {
        let mut count = self.shared.count.lock();
        let goes_on = count.round_goes_on();
        let over = &self.shared.round_over;
        over.wait_while_for(&mut count, goes_on, patience);
        !goes_on(&mut count)
    }
}

impl Ticket {
    fn issue(shared: &Arc<Shared>) -> Self {
        shared.count.lock().outstanding += 1;
        Self {
            shared: Arc::clone(shared),
        }
    }
}

impl Clone for Ticket {
    /// One more piece of work to wait for.
    fn clone(&self) -> Self {
        Self::issue(&self.shared)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut count = self.shared.count.lock();
        count.outstanding -= 1;
        if count.outstanding == 0 {
            count.rounds += 1;
            self.shared.round_over.notify_all();
        }
    }
}
