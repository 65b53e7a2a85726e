//! The counter exists: a channel of capacity 0 is one.

use std::time::Duration;

use crossbeam::channel::{self, SendTimeoutError};

/// Why a parcel comes back, and the parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken<T> {
    /// Nobody took it in time.
    TimedOut(T),
    /// All receivers have gone.
    NobodyThere(T),
}

/// Brings parcels. A clone is another sender at the same counter.
pub struct Sender<T>(channel::Sender<T>);

/// Takes parcels. A clone is another receiver at the same counter.
pub struct Receiver<T>(channel::Receiver<T>);

/// A counter with a sender and a receiver.
#[must_use]
pub fn handoff<T>() -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = channel::bounded(0);
    (Sender(sender), Receiver(receiver))
}

impl<T> Sender<T> {
    /// Holds `parcel` until a receiver has taken it.
    ///
    /// # Errors
    /// Gives the parcel back if all receivers have gone, or go while this waits.
    pub fn send(&self, parcel: T) -> Result<(), T> {
        self.0.send(parcel).map_err(|error| error.0)
    }

    /// Holds `parcel` until a receiver has taken it, but for no longer than `patience`.
    ///
    /// # Errors
    /// Gives the parcel back if nobody takes it in time, or if all receivers have gone or go
    /// while this waits.
    pub fn send_timeout(&self, parcel: T, patience: Duration) -> Result<(), NotTaken<T>> {
        self.0
            .send_timeout(parcel, patience)
            .map_err(|error| match error {
                SendTimeoutError::Timeout(parcel) => NotTaken::TimedOut(parcel),
                SendTimeoutError::Disconnected(parcel) => NotTaken::NobodyThere(parcel),
            })
    }
}

impl<T> Receiver<T> {
    /// Waits for a parcel and takes it; `None` once all senders have gone.
    pub fn recv(&self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
