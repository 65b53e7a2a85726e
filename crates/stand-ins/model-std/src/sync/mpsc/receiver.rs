//! The receiving end.

use real::cell::Cell;
use real::fmt;
use real::marker::PhantomData;
use real::panic::{Location, RefUnwindSafe, UnwindSafe};
use real::sync::mpsc::{RecvError, RecvTimeoutError, TryRecvError};
use real::time::Duration;

use explore::runtime::{self, Place};
use parts::channel::{self, Unreceived};

use super::{IntoIter, Iter, TryIter};

/// The receiving end of a channel. It is not `Sync`: threads cannot share it.
pub struct Receiver<T> {
    inner: channel::Receiver<T>,
    not_sync: PhantomData<Cell<()>>,
}

impl<T> Receiver<T> {
    pub(super) fn new(inner: channel::Receiver<T>) -> Self {
        Receiver {
            inner,
            not_sync: PhantomData,
        }
    }

    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        self.recv_at(Location::caller())
    }

    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.try_recv_at(Location::caller())
    }

    #[track_caller]
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        let deadline = runtime::clock().checked_add(timeout);
        let received = self.inner.recv(Location::caller(), deadline);
        received.map_err(|why| match why {
            Unreceived::Closed => RecvTimeoutError::Disconnected,
            Unreceived::Empty | Unreceived::TimedOut => RecvTimeoutError::Timeout,
        })
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

    pub(super) fn recv_at(&self, place: Place) -> Result<T, RecvError> {
        self.inner.recv(place, None).map_err(|_| RecvError)
    }

    pub(super) fn try_recv_at(&self, place: Place) -> Result<T, TryRecvError> {
        self.inner.try_recv(place).map_err(|why| match why {
            Unreceived::Closed => TryRecvError::Disconnected,
            Unreceived::Empty | Unreceived::TimedOut => TryRecvError::Empty,
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
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

// As the one of `std`.
impl<T> UnwindSafe for Receiver<T> {}
impl<T> RefUnwindSafe for Receiver<T> {}
