//! `std::sync::mpsc`.

mod iter;
mod receiver;
mod sender;

pub use real::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};

pub use self::iter::{IntoIter, Iter, TryIter};
pub use self::receiver::Receiver;
pub use self::sender::{Sender, SyncSender};

use parts::channel::{self, Leftovers};
use real::panic::Location;

#[must_use]
#[track_caller]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = channel::channel(None, Leftovers::Dropped, Location::caller());
    (Sender::new(sender), Receiver::new(receiver))
}

#[must_use]
#[track_caller]
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let (sender, receiver) = channel::channel(Some(bound), Leftovers::Dropped, Location::caller());
    (SyncSender::new(sender), Receiver::new(receiver))
}
