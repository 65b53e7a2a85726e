//! The sending end.

use std::fmt;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};
use std::time::Duration;

use explore::runtime::{self, Place};
use model_std::time::Instant;
use parts::channel::{self, Unsent};

use super::clock::reading;
use super::{SendError, SendTimeoutError, TrySendError};

/// The sending end of a channel.
pub struct Sender<T>(pub(super) channel::Sender<T>);

impl<T> Sender<T> {
    #[track_caller]
    pub fn try_send(&self, msg: T) -> Result<(), TrySendError<T>> {
        let sent = self.0.try_send(msg, Location::caller());
        sent.map_err(|unsent| match unsent {
            Unsent::Closed(msg) => TrySendError::Disconnected(msg),
            Unsent::Full(msg) | Unsent::TimedOut(msg) => TrySendError::Full(msg),
        })
    }

    #[track_caller]
    pub fn send(&self, msg: T) -> Result<(), SendError<T>> {
        let sent = self.0.send(msg, Location::caller(), None);
        sent.map_err(|unsent| {
            let (Unsent::Closed(msg) | Unsent::Full(msg) | Unsent::TimedOut(msg)) = unsent;
            SendError(msg)
        })
    }

    #[track_caller]
    pub fn send_timeout(&self, msg: T, timeout: Duration) -> Result<(), SendTimeoutError<T>> {
        let deadline = runtime::clock().checked_add(timeout);
        self.send_until(msg, deadline, Location::caller())
    }

    #[track_caller]
    pub fn send_deadline(&self, msg: T, deadline: Instant) -> Result<(), SendTimeoutError<T>> {
        self.send_until(msg, Some(reading(deadline)), Location::caller())
    }

    fn send_until(
        &self,
        msg: T,
        deadline: Option<Duration>,
        place: Place,
    ) -> Result<(), SendTimeoutError<T>> {
        let sent = self.0.send(msg, place, deadline);
        sent.map_err(|unsent| match unsent {
            Unsent::Closed(msg) => SendTimeoutError::Disconnected(msg),
            Unsent::Full(msg) | Unsent::TimedOut(msg) => SendTimeoutError::Timeout(msg),
        })
    }

    #[track_caller]
    pub fn is_empty(&self) -> bool {
        self.0.len(Location::caller()) == 0
    }

    #[track_caller]
    pub fn is_full(&self) -> bool {
        self.0.is_full(Location::caller())
    }

    #[track_caller]
    pub fn len(&self) -> usize {
        self.0.len(Location::caller())
    }

    #[must_use]
    pub fn capacity(&self) -> Option<usize> {
        self.0.capacity()
    }

    #[must_use]
    pub fn same_channel(&self, other: &Sender<T>) -> bool {
        self.0.same_channel(&other.0)
    }
}

impl<T> Clone for Sender<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        Sender(self.0.another(Location::caller()))
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("Sender { .. }")
    }
}

// As the one of `crossbeam`.
impl<T> UnwindSafe for Sender<T> {}
impl<T> RefUnwindSafe for Sender<T> {}
