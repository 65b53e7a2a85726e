//! A channel of offers, as one would do it with tasks, whose channels have no capacity of 0: each offer
//! carries the way back for its own receipt. Whoever empties the offer has the parcel.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crossbeam::channel::{self, RecvTimeoutError};

/// Why a parcel comes back, and the parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken<T> {
    /// Nobody took it in time.
    TimedOut(T),
    /// All receivers have gone.
    NobodyThere(T),
}

/// Brings parcels. A clone is another sender at the same counter.
pub struct Sender<T>(channel::Sender<Offer<T>>);

/// Takes parcels. A clone is another receiver at the same counter.
pub struct Receiver<T>(channel::Receiver<Offer<T>>);

/// A parcel that its sender still has a hand on, and where to say that it is taken.
struct Offer<T> {
    parcel: Arc<Mutex<Option<T>>>,
    receipt: channel::Sender<()>,
}

/// A counter with a sender and a receiver.
#[must_use]
pub fn handoff<T>() -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = channel::unbounded();
    (Sender(sender), Receiver(receiver))
}

impl<T> Sender<T> {
    /// Holds `parcel` until a receiver has taken it.
    ///
    /// # Errors
    /// Gives the parcel back if all receivers have gone, or go while this waits.
    pub fn send(&self, parcel: T) -> Result<(), T> {
        self.offer(parcel, None).map_err(|(parcel, _)| parcel)
    }

    /// Holds `parcel` until a receiver has taken it, but for no longer than `patience`.
    ///
    /// # Errors
    /// Gives the parcel back if nobody takes it in time, or if all receivers have gone or go
    /// while this waits.
    pub fn send_timeout(&self, parcel: T, patience: Duration) -> Result<(), NotTaken<T>> {
        self.offer(parcel, Instant::now().checked_add(patience))
            .map_err(|(parcel, why)| match why {
                RecvTimeoutError::Timeout => NotTaken::TimedOut(parcel),
                RecvTimeoutError::Disconnected => NotTaken::NobodyThere(parcel),
            })
    }

    fn offer(&self, parcel: T, end: Option<Instant>) -> Result<(), (T, RecvTimeoutError)> {
        let parcel = Arc::new(Mutex::new(Some(parcel)));
        let (receipt, taken) = channel::bounded(1);
        // If nobody is there, the offer is dropped, and with it the hope for a receipt.
        let _ = self.0.send(Offer {
            parcel: Arc::clone(&parcel),
            receipt,
        });
        let receipt = match end {
            Some(end) => taken.recv_deadline(end),
            None => taken.recv().map_err(RecvTimeoutError::from),
        };
        match receipt {
            Ok(()) => Ok(()),
            Err(why) => match parcel.lock().unwrap().take() {
                Some(parcel) => Err((parcel, why)),
                None => Ok(()),
            },
        }
    }
}

impl<T> Receiver<T> {
    /// Waits for a parcel and takes it; `None` once all senders have gone.
    pub fn recv(&self) -> Option<T> {
        loop {
            let offer = self.0.recv().ok()?;
            // Empty is the offer of a sender who has given up.
            if let Some(parcel) = offer.parcel.lock().unwrap().take() {
                let _ = offer.receipt.send(());
                return Some(parcel);
            }
        }
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
