//! `crossbeam::channel`.

mod clock;
mod iter;
mod receiver;
mod select;
mod sender;

pub use crossbeam::channel::{
    ReadyTimeoutError, RecvError, RecvTimeoutError, SelectTimeoutError, SendError,
    SendTimeoutError, TryReadyError, TryRecvError, TrySelectError, TrySendError,
};

pub(crate) use self::clock::reading;
pub use self::clock::{after, at, never, tick};
pub use self::iter::{IntoIter, Iter, TryIter};
pub use self::receiver::Receiver;
pub use self::select::{Select, SelectedOperation};
pub use self::sender::Sender;
pub use crate::{__select_any as select, __select_first as select_biased};

use std::panic::Location;

use parts::channel::{self, Leftovers};

#[must_use]
#[track_caller]
pub fn unbounded<T>() -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = channel::channel(None, Leftovers::Dropped, Location::caller());
    (Sender(sender), Receiver::of(receiver))
}

#[must_use]
#[track_caller]
pub fn bounded<T>(cap: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = channel::channel(Some(cap), Leftovers::Kept, Location::caller());
    (Sender(sender), Receiver::of(receiver))
}
