//! Wrong: whoever gives up takes the parcel from the counter and tells nobody. The next sender sleeps on before an empty counter.
//! Caught by: a_sender_who_gives_up_is_in_nobodys_way

use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex, MutexGuard};

/// Why a parcel comes back, and the parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken<T> {
    /// Nobody took it in time.
    TimedOut(T),
    /// All receivers have gone.
    NobodyThere(T),
}

/// Brings parcels. A clone is another sender at the same counter.
pub struct Sender<T>(Arc<Shared<T>>);

/// Takes parcels. A clone is another receiver at the same counter.
pub struct Receiver<T>(Arc<Shared<T>>);

struct Shared<T> {
    counter: Mutex<Counter<T>>,
    changed: Condvar,
}

struct Counter<T> {
    parcel: Option<T>,
    /// How many parcels have lain there.
    round: u64,
    senders: usize,
    receivers: usize,
}

/// A counter with a sender and a receiver.
#[must_use]
pub fn handoff<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared {
        counter: Mutex::new(Counter {
            parcel: None,
            round: 0,
            senders: 1,
            receivers: 1,
        }),
        changed: Condvar::new(),
    });
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

impl<T> Shared<T> {
    /// Sleeps until something changes; `false` if the time is over.
    fn sleep(&self, counter: &mut MutexGuard<'_, Counter<T>>, end: Option<Instant>) -> bool {
        match end {
            None => {
                self.changed.wait(counter);
                true
            }
            Some(end) => !self.changed.wait_until(counter, end).timed_out(),
        }
    }
}

impl<T> Sender<T> {
    /// Holds `parcel` until a receiver has taken it.
    ///
    /// # Errors
    /// Gives the parcel back if all receivers have gone, or go while this waits.
    pub fn send(&self, parcel: T) -> Result<(), T> {
        self.lay_down(parcel, None)
            .map_err(|not_taken| match not_taken {
                NotTaken::TimedOut(parcel) | NotTaken::NobodyThere(parcel) => parcel,
            })
    }

    /// Holds `parcel` until a receiver has taken it, but for no longer than `patience`.
    ///
    /// # Errors
    /// Gives the parcel back if nobody takes it in time, or if all receivers have gone or go
    /// while this waits.
    pub fn send_timeout(&self, parcel: T, patience: Duration) -> Result<(), NotTaken<T>> {
        self.lay_down(parcel, Instant::now().checked_add(patience))
    }

    fn lay_down(&self, parcel: T, end: Option<Instant>) -> Result<(), NotTaken<T>> {
        let mut counter = self.0.counter.lock();
        while counter.parcel.is_some() && counter.receivers > 0 {
            if !self.0.sleep(&mut counter, end) {
                return Err(NotTaken::TimedOut(parcel));
            }
        }
        if counter.receivers == 0 {
            return Err(NotTaken::NobodyThere(parcel));
        }
        counter.round += 1;
        let mine = counter.round;
        counter.parcel = Some(parcel);
        self.0.changed.notify_all();

        let mut in_time = true;
        while in_time && counter.lies_there(mine) && counter.receivers > 0 {
            in_time = self.0.sleep(&mut counter, end);
        }
        if !counter.lies_there(mine) {
            return Ok(());
        }
        match counter.parcel.take() {
            None => Ok(()),
            Some(parcel) if counter.receivers == 0 => Err(NotTaken::NobodyThere(parcel)),
            Some(parcel) => Err(NotTaken::TimedOut(parcel)),
        }
    }
}

impl<T> Counter<T> {
    /// Whether the parcel of that round has not been taken yet.
    fn lies_there(&self, round: u64) -> bool {
        self.round == round && self.parcel.is_some()
    }
}

impl<T> Receiver<T> {
    /// Waits for a parcel and takes it; `None` once all senders have gone.
    pub fn recv(&self) -> Option<T> {
        let mut counter = self.0.counter.lock();
        while counter.parcel.is_none() && counter.senders > 0 {
            self.0.changed.wait(&mut counter);
        }
        let parcel = counter.parcel.take();
        self.0.changed.notify_all();
        parcel
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.counter.lock().senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        self.0.counter.lock().receivers += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut counter = self.0.counter.lock();
        counter.senders -= 1;
        if counter.senders == 0 {
            self.0.changed.notify_all();
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let mut counter = self.0.counter.lock();
        counter.receivers -= 1;
        if counter.receivers == 0 {
            self.0.changed.notify_all();
        }
    }
}
