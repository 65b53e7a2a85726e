//! The sending ends.

use real::fmt;
use real::panic::{Location, RefUnwindSafe, UnwindSafe};
use real::sync::mpsc::{SendError, TrySendError};

use parts::channel::{self, Unsent};

/// The sending end of [`channel`](super::channel()).
pub struct Sender<T>(channel::Sender<T>);

/// The sending end of [`sync_channel`](super::sync_channel).
pub struct SyncSender<T>(channel::Sender<T>);

impl<T> Sender<T> {
    pub(super) fn new(sender: channel::Sender<T>) -> Self {
        Sender(sender)
    }

    #[track_caller]
    pub fn send(&self, t: T) -> Result<(), SendError<T>> {
        self.0.send(t, Location::caller(), None).map_err(refused)
    }
}

impl<T> SyncSender<T> {
    pub(super) fn new(sender: channel::Sender<T>) -> Self {
        SyncSender(sender)
    }

    #[track_caller]
    pub fn send(&self, t: T) -> Result<(), SendError<T>> {
        self.0.send(t, Location::caller(), None).map_err(refused)
    }

    #[track_caller]
    pub fn try_send(&self, t: T) -> Result<(), TrySendError<T>> {
        let sent = self.0.try_send(t, Location::caller());
        sent.map_err(|unsent| match unsent {
            Unsent::Closed(t) => TrySendError::Disconnected(t),
            Unsent::Full(t) | Unsent::TimedOut(t) => TrySendError::Full(t),
        })
    }
}

/// A send without a deadline fails for one reason only.
fn refused<T>(unsent: Unsent<T>) -> SendError<T> {
    let (Unsent::Closed(t) | Unsent::Full(t) | Unsent::TimedOut(t)) = unsent;
    SendError(t)
}

macro_rules! handle {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            #[track_caller]
            fn clone(&self) -> Self {
                Self(self.0.another(Location::caller()))
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }

        // As the ones of `std`.
        impl<T> UnwindSafe for $name<T> {}
        impl<T> RefUnwindSafe for $name<T> {}
    };
}

handle!(Sender);
handle!(SyncSender);
