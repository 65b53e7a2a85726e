//! # Hand-off
//!
//! The counter of a parcel shop has no shelf. Who brings a parcel stands there and holds it until
//! somebody takes it; who wants one waits until somebody brings it. In Go this is what
//! `make(chan Parcel)` makes, a channel without a buffer: a send that has returned tells you that
//! the parcel has been taken, and not only that it lies somewhere. It does not tell you that it
//! has been opened.
//!
//! Below is a version with room for one parcel, where the sender waits until that room is empty
//! again. It is nearly right.
//!
//! The rules:
//!
//! - [`Sender::send`] returns `Ok` only when a receiver has taken *this very* parcel. A parcel is
//!   taken as soon as a call of [`Receiver::recv`] is going to return it; that call may still be on
//!   its way back.
//! - Each parcel is taken once. What comes back to its sender is not taken by anybody.
//! - Parcels that one thread sends one after the other are taken in that order. Whose turn it is
//!   among several senders, or receivers, is not said.
//! - When the last receiver has gone, parcels come back: to those who send then and to those who
//!   already wait. When the last sender has gone, every `recv` returns `None`.
//! - [`Sender::send_timeout`] is a `send` that waits for `patience` in all and no longer, be it none
//!   at all or [`Duration::MAX`]. Then the parcel comes back, unless it has been taken: that is `Ok`,
//!   even at the last moment.
//! - Whoever waits sleeps until there is something to do: no polling. Nobody sleeps while he could
//!   go on, whoever else is waiting.
//! - What a thread did before it sent or took a parcel is known to its partner when the call of
//!   that one returns. This holds in both directions.
//!
//! You may change everything in this file but the signatures of what is public.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

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
    senders: usize,
    receivers: usize,
}

/// A counter with a sender and a receiver.
#[must_use]
pub fn handoff<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared {
        counter: Mutex::new(Counter {
            parcel: None,
            senders: 1,
            receivers: 1,
        }),
        changed: Condvar::new(),
    });
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

impl<T> Sender<T> {
    /// Holds `parcel` until a receiver has taken it.
    ///
    /// # Errors
    /// Gives the parcel back if all receivers have gone, or go while this waits.
    pub fn send(&self, parcel: T) -> Result<(), T> {
        match self.send_timeout(parcel, Duration::MAX) {
            Ok(()) => Ok(()),
            Err(NotTaken::TimedOut(parcel) | NotTaken::NobodyThere(parcel)) => Err(parcel),
        }
    }

    /// Holds `parcel` until a receiver has taken it, but for no longer than `patience`.
    ///
    /// # Errors
    /// Gives the parcel back if nobody takes it in time, or if all receivers have gone or go
    /// while this waits.
    pub fn send_timeout(&self, parcel: T, patience: Duration) -> Result<(), NotTaken<T>> {
        let mut counter = self.0.counter.lock().unwrap();
        while counter.parcel.is_some() {
            let (guard, waited) = self.0.changed.wait_timeout(counter, patience).unwrap();
            counter = guard;
            if waited.timed_out() {
                return Err(NotTaken::TimedOut(parcel));
            }
        }
        if counter.receivers == 0 {
            return Err(NotTaken::NobodyThere(parcel));
        }
        counter.parcel = Some(parcel);
        self.0.changed.notify_all();
        while counter.parcel.is_some() && counter.receivers > 0 {
            let (guard, waited) = self.0.changed.wait_timeout(counter, patience).unwrap();
            counter = guard;
            if waited.timed_out() {
                return counter
                    .parcel
                    .take()
                    .map_or(Ok(()), |p| Err(NotTaken::TimedOut(p)));
            }
        }
        counter
            .parcel
            .take()
            .map_or(Ok(()), |p| Err(NotTaken::NobodyThere(p)))
    }
}

impl<T> Receiver<T> {
    /// Waits for a parcel and takes it; `None` once all senders have gone.
    pub fn recv(&self) -> Option<T> {
        let mut counter = self.0.counter.lock().unwrap();
        while counter.parcel.is_none() && counter.senders > 0 {
            counter = self.0.changed.wait(counter).unwrap();
        }
        let parcel = counter.parcel.take();
        self.0.changed.notify_all();
        parcel
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.counter.lock().unwrap().senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        self.0.counter.lock().unwrap().receivers += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.counter.lock().unwrap().senders -= 1;
        self.0.changed.notify_all();
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.0.counter.lock().unwrap().receivers -= 1;
        self.0.changed.notify_all();
    }
}
