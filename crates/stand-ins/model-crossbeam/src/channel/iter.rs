//! Iterators over messages.
//!
//! Their `next` is mostly called by a `for` or an adapter, so what a reader sees is the line
//! where the iterator was made.

use std::fmt;

use explore::runtime::Place;

use super::Receiver;

/// Messages until the channel is closed. See [`Receiver::iter`].
pub struct Iter<'a, T: 'a> {
    pub(super) receiver: &'a Receiver<T>,
    pub(super) place: Place,
}

/// The messages that are there. See [`Receiver::try_iter`].
pub struct TryIter<'a, T: 'a> {
    pub(super) receiver: &'a Receiver<T>,
    pub(super) place: Place,
}

/// Messages until the channel is closed, with the receiver.
pub struct IntoIter<T> {
    pub(super) receiver: Receiver<T>,
    pub(super) place: Place,
}

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.receiver.recv_at(self.place).ok()
    }
}

impl<T> Iterator for TryIter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.receiver.try_recv_at(self.place).ok()
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.receiver.recv_at(self.place).ok()
    }
}

macro_rules! debug {
    ($($name:ident $(<$life:lifetime>)?),*) => { $(
        impl<T> fmt::Debug for $name<$($life,)? T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(concat!(stringify!($name), " { .. }"))
            }
        }
    )* };
}
debug!(Iter<'_>, TryIter<'_>, IntoIter);
