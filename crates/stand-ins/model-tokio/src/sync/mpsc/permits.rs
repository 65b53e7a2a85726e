//! Room in a channel, reserved.

use std::fmt;

use explore::runtime::{self, Edge, Place, Touch, Wait, task};
use real::sync::mpsc;

use super::super::end::End;
use super::Sender;
use super::sender::tell_sent;

/// Room for one message.
pub struct Permit<'a, T> {
    // Nothing once the message is sent.
    real: Option<mpsc::Permit<'a, T>>,
    end: &'a End,
    place: Place,
}

/// Room for several messages.
pub struct PermitIterator<'a, T> {
    real: mpsc::PermitIterator<'a, T>,
    end: &'a End,
    place: Place,
}

/// Room for one message, together with its sender.
pub struct OwnedPermit<T> {
    // Nothing once the message is sent, and the room given back.
    inner: Option<(mpsc::OwnedPermit<T>, End)>,
    place: Place,
}

impl<'a, T> Permit<'a, T> {
    pub(super) fn new(real: mpsc::Permit<'a, T>, end: &'a End, place: Place) -> Self {
        let real = Some(real);
        Permit { real, end, place }
    }

    #[track_caller]
    pub fn send(mut self, value: T) {
        let turn = task::step(std::panic::Location::caller());
        if let Some(real) = self.real.take() {
            real.send(value);
        }
        tell_sent(turn, self.end, true, None);
    }
}

impl<T> Drop for Permit<'_, T> {
    fn drop(&mut self) {
        if self.real.take().is_some() {
            give_back(self.end, self.place);
        }
    }
}

impl<'a, T> PermitIterator<'a, T> {
    pub(super) fn new(real: mpsc::PermitIterator<'a, T>, end: &'a End, place: Place) -> Self {
        PermitIterator { real, end, place }
    }
}

impl<'a, T> Iterator for PermitIterator<'a, T> {
    type Item = Permit<'a, T>;

    fn next(&mut self) -> Option<Self::Item> {
        let real = self.real.next()?;
        Some(Permit::new(real, self.end, self.place))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.real.size_hint()
    }
}

impl<T> ExactSizeIterator for PermitIterator<'_, T> {}
impl<T> std::iter::FusedIterator for PermitIterator<'_, T> {}

impl<T> Drop for PermitIterator<'_, T> {
    fn drop(&mut self) {
        if self.real.len() > 0 {
            give_back(self.end, self.place);
        }
    }
}

impl<T> OwnedPermit<T> {
    pub(super) fn new(real: mpsc::OwnedPermit<T>, end: End, place: Place) -> Self {
        let inner = Some((real, end));
        OwnedPermit { inner, place }
    }

    #[track_caller]
    pub fn send(mut self, value: T) -> Sender<T> {
        let turn = task::step(std::panic::Location::caller());
        let (real, end) = self.inner.take().expect("it is taken once");
        let real = real.send(value);
        tell_sent(turn, &end, true, None);
        Sender::new(real, end)
    }

    pub fn release(mut self) -> Sender<T> {
        let (real, end) = self.inner.take().expect("it is taken once");
        let real = real.release();
        give_back(&end, self.place);
        Sender::new(real, end)
    }

    pub fn same_channel(&self, other: &Self) -> bool {
        match (&self.inner, &other.inner) {
            (Some((mine, _)), Some((other, _))) => mine.same_channel(other),
            _ => false,
        }
    }

    pub fn same_channel_as_sender(&self, sender: &Sender<T>) -> bool {
        let inner = self.inner.as_ref();
        inner.is_some_and(|(real, _)| real.same_channel_as_sender(&sender.real))
    }
}

impl<T> Drop for OwnedPermit<T> {
    fn drop(&mut self) {
        if let Some((real, end)) = self.inner.take() {
            drop(real);
            give_back(&end, self.place);
        }
    }
}

fn give_back(end: &End, place: Place) {
    if runtime::world().is_none() {
        return;
    }
    let turn = runtime::turn_in_destructor(place, &Wait::none());
    turn.touch(end.object(), Touch::Write, Edge::None);
    turn.say(|note| {
        let name = note.name(end.object());
        note.what(format!("gives back room in {name}"))
            .uses(end.object())
    });
}

macro_rules! show {
    ($([$($generics:tt)*] $name:ident $type:ty),*) => { $(
        impl<$($generics)*> fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )* };
}
show!([T] Permit Permit<'_, T>, [T] PermitIterator PermitIterator<'_, T>, [T] OwnedPermit OwnedPermit<T>);
