//! The receiving end.

use std::fmt;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};
use std::sync::Arc;
use std::time::Duration;

use explore::runtime::{self, Place};
use model_std::time::Instant;
use parts::channel::{self, Timer, Unreceived};

use super::clock::reading;
use super::{IntoIter, Iter, RecvError, RecvTimeoutError, TryIter, TryRecvError};

/// The receiving end of a channel.
pub struct Receiver<T>(pub(super) Flavor<T>);

/// Who sends into it.
pub(super) enum Flavor<T> {
    /// Lanes.
    Channel(channel::Receiver<T>),
    /// Time; the function makes a message of a moment.
    Timer(Arc<Timer>, fn(Duration) -> T),
}

impl<T> Receiver<T> {
    pub(super) fn of(receiver: channel::Receiver<T>) -> Self {
        Receiver(Flavor::Channel(receiver))
    }

    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.try_recv_at(Location::caller())
    }

    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        self.recv_at(Location::caller())
    }

    #[track_caller]
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        let deadline = runtime::clock().checked_add(timeout);
        self.recv_until(deadline, Location::caller())
    }

    #[track_caller]
    pub fn recv_deadline(&self, deadline: Instant) -> Result<T, RecvTimeoutError> {
        self.recv_until(Some(reading(deadline)), Location::caller())
    }

    fn recv_until(&self, deadline: Option<Duration>, place: Place) -> Result<T, RecvTimeoutError> {
        self.receive(place, deadline).map_err(|why| match why {
            Unreceived::Closed => RecvTimeoutError::Disconnected,
            Unreceived::Empty | Unreceived::TimedOut => RecvTimeoutError::Timeout,
        })
    }

    pub(super) fn recv_at(&self, place: Place) -> Result<T, RecvError> {
        self.receive(place, None).map_err(|_| RecvError)
    }

    fn receive(&self, place: Place, deadline: Option<Duration>) -> Result<T, Unreceived> {
        match &self.0 {
            Flavor::Channel(receiver) => receiver.recv(place, deadline),
            Flavor::Timer(timer, make) => timer.recv(place, deadline).map(make),
        }
    }

    pub(super) fn try_recv_at(&self, place: Place) -> Result<T, TryRecvError> {
        let received = match &self.0 {
            Flavor::Channel(receiver) => receiver.try_recv(place),
            Flavor::Timer(timer, make) => timer.try_recv(place).map(make),
        };
        received.map_err(|why| match why {
            Unreceived::Closed => TryRecvError::Disconnected,
            Unreceived::Empty | Unreceived::TimedOut => TryRecvError::Empty,
        })
    }

    #[track_caller]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[track_caller]
    pub fn is_full(&self) -> bool {
        match &self.0 {
            Flavor::Channel(receiver) => receiver.is_full(Location::caller()),
            Flavor::Timer(timer, _) => timer.len(Location::caller()) == timer.capacity(),
        }
    }

    #[track_caller]
    pub fn len(&self) -> usize {
        match &self.0 {
            Flavor::Channel(receiver) => receiver.len(Location::caller()),
            Flavor::Timer(timer, _) => timer.len(Location::caller()),
        }
    }

    #[must_use]
    pub fn capacity(&self) -> Option<usize> {
        match &self.0 {
            Flavor::Channel(receiver) => receiver.capacity(),
            Flavor::Timer(timer, _) => Some(timer.capacity()),
        }
    }

    #[track_caller]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter {
            receiver: self,
            place: Location::caller(),
        }
    }

    #[track_caller]
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter {
            receiver: self,
            place: Location::caller(),
        }
    }

    #[must_use]
    pub fn same_channel(&self, other: &Receiver<T>) -> bool {
        match (&self.0, &other.0) {
            (Flavor::Channel(a), Flavor::Channel(b)) => a.same_channel(b),
            (Flavor::Timer(a, _), Flavor::Timer(b, _)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl<T> Clone for Receiver<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        Receiver(match &self.0 {
            Flavor::Channel(receiver) => Flavor::Channel(receiver.another(Location::caller())),
            Flavor::Timer(timer, make) => Flavor::Timer(timer.clone(), *make),
        })
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    #[track_caller]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    #[track_caller]
    fn into_iter(self) -> IntoIter<T> {
        IntoIter {
            receiver: self,
            place: Location::caller(),
        }
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("Receiver { .. }")
    }
}

// As the one of `crossbeam`.
impl<T> UnwindSafe for Receiver<T> {}
impl<T> RefUnwindSafe for Receiver<T> {}
