//! The sending end of a bounded channel.

use std::fmt;
use std::panic::Location;
use std::time::Duration;

use explore::runtime::task::{self, Await};
use explore::runtime::{self, Edge, Note, Place, Touch, Turn};
use real::sync::mpsc;

use super::super::end::End;
use super::error::{SendError, SendTimeoutError, TrySendError};
use super::{OwnedPermit, Permit, PermitIterator, WeakSender};
use crate::leaf::leaf;

/// The sending end of a bounded channel.
pub struct Sender<T> {
    pub(super) real: mpsc::Sender<T>,
    pub(super) end: End,
}

impl<T> Sender<T> {
    pub(super) fn new(real: mpsc::Sender<T>, end: End) -> Self {
        Sender { real, end }
    }

    /// As in tokio, a send into nothing costs no budget: a loop of them never yields.
    fn wait(&self, place: Place) -> Await<'_> {
        Await::on(place, self.end.object(), "waits for room in").free_if(self.real.is_closed())
    }

    #[track_caller]
    pub fn send(&self, value: T) -> impl Future<Output = Result<(), SendError<T>>> {
        let place = Location::caller();
        async move {
            let (sent, turn) = leaf(self.wait(place), self.real.send(value)).await;
            tell_sent(turn, &self.end, sent.is_ok(), used(&self.real));
            sent
        }
    }

    #[track_caller]
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        let place = Location::caller();
        let turn = runtime::look(place);
        let sent = self.real.try_send(value);
        match &sent {
            Ok(()) => tell_sent(turn, &self.end, true, used(&self.real)),
            Err(TrySendError::Closed(_)) => tell_sent(turn, &self.end, false, None),
            Err(TrySendError::Full(_)) => tell_full(turn, &self.end, place),
        }
        sent
    }

    #[track_caller]
    pub fn send_timeout(
        &self,
        value: T,
        timeout: Duration,
    ) -> impl Future<Output = Result<(), SendTimeoutError<T>>> {
        let place = Location::caller();
        let delay = crate::time::sleep(timeout);
        async move {
            let reserved = leaf(self.wait(place), self.real.reserve());
            match crate::time::timeout_at(delay.deadline(), reserved).await {
                Ok((Ok(permit), turn)) => {
                    permit.send(value);
                    tell_sent(turn, &self.end, true, used(&self.real));
                    Ok(())
                }
                Ok((Err(_), turn)) => {
                    tell_sent(turn, &self.end, false, None);
                    Err(SendTimeoutError::Closed(value))
                }
                Err(_) => Err(SendTimeoutError::Timeout(value)),
            }
        }
    }

    #[track_caller]
    pub fn blocking_send(&self, value: T) -> Result<(), SendError<T>> {
        task::block_on(
            Location::caller(),
            "blocks its thread to send",
            self.send(value),
        )
    }

    #[track_caller]
    pub fn closed(&self) -> impl Future<Output = ()> {
        let place = Location::caller();
        async move {
            let wait = Await::on(place, self.end.object(), "waits for the receiver to close");
            let ((), turn) = leaf(wait, self.real.closed()).await;
            turn.say(|note| note.what("sees that the channel is closed"));
        }
    }

    #[track_caller]
    pub fn reserve(&self) -> impl Future<Output = Result<Permit<'_, T>, SendError<()>>> {
        let place = Location::caller();
        async move {
            let (permit, turn) = leaf(self.wait(place), self.real.reserve()).await;
            tell_reserved(turn, &self.end, permit.is_ok());
            permit.map(|permit| Permit::new(permit, &self.end, place))
        }
    }

    #[track_caller]
    pub fn reserve_many(
        &self,
        n: usize,
    ) -> impl Future<Output = Result<PermitIterator<'_, T>, SendError<()>>> {
        let place = Location::caller();
        async move {
            let (permits, turn) = leaf(self.wait(place), self.real.reserve_many(n)).await;
            tell_reserved(turn, &self.end, permits.is_ok());
            permits.map(|permits| PermitIterator::new(permits, &self.end, place))
        }
    }

    #[track_caller]
    pub fn reserve_owned(self) -> impl Future<Output = Result<OwnedPermit<T>, SendError<()>>> {
        let place = Location::caller();
        async move {
            let Sender { real, end } = self;
            let wait = Await::on(place, end.object(), "waits for room in");
            let wait = wait.free_if(real.is_closed());
            let (permit, turn) = leaf(wait, real.reserve_owned()).await;
            tell_reserved(turn, &end, permit.is_ok());
            permit.map(|permit| OwnedPermit::new(permit, end, place))
        }
    }

    #[track_caller]
    pub fn try_reserve(&self) -> Result<Permit<'_, T>, TrySendError<()>> {
        let place = Location::caller();
        let turn = runtime::look(place);
        let permit = self.real.try_reserve();
        tell_tried(turn, &self.end, place, permit.as_ref().err());
        permit.map(|permit| Permit::new(permit, &self.end, place))
    }

    #[track_caller]
    pub fn try_reserve_many(&self, n: usize) -> Result<PermitIterator<'_, T>, TrySendError<()>> {
        let place = Location::caller();
        let turn = runtime::look(place);
        let permits = self.real.try_reserve_many(n);
        tell_tried(turn, &self.end, place, permits.as_ref().err());
        permits.map(|permits| PermitIterator::new(permits, &self.end, place))
    }

    #[track_caller]
    pub fn try_reserve_owned(self) -> Result<OwnedPermit<T>, TrySendError<Self>> {
        let place = Location::caller();
        let turn = runtime::look(place);
        let Sender { real, end } = self;
        match real.try_reserve_owned() {
            Ok(permit) => {
                tell_reserved(turn, &end, true);
                Ok(OwnedPermit::new(permit, end, place))
            }
            Err(TrySendError::Full(real)) => {
                tell_full(turn, &end, place);
                Err(TrySendError::Full(Sender { real, end }))
            }
            Err(TrySendError::Closed(real)) => {
                tell_reserved(turn, &end, false);
                Err(TrySendError::Closed(Sender { real, end }))
            }
        }
    }

    #[track_caller]
    pub fn is_closed(&self) -> bool {
        look(Location::caller(), &self.end, self.real.is_closed())
    }

    pub fn same_channel(&self, other: &Self) -> bool {
        self.real.same_channel(&other.real)
    }

    #[track_caller]
    pub fn capacity(&self) -> usize {
        look(Location::caller(), &self.end, self.real.capacity())
    }

    pub fn max_capacity(&self) -> usize {
        self.real.max_capacity()
    }

    #[must_use = "Downgrade creates a WeakSender without destroying the original non-weak sender."]
    pub fn downgrade(&self) -> WeakSender<T> {
        WeakSender::new(self.real.downgrade(), self.end.channel().clone())
    }

    #[track_caller]
    pub fn strong_count(&self) -> usize {
        look(Location::caller(), &self.end, self.real.strong_count())
    }

    #[track_caller]
    pub fn weak_count(&self) -> usize {
        look(Location::caller(), &self.end, self.real.weak_count())
    }
}

impl<T> Clone for Sender<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        Sender::new(self.real.clone(), self.end.another(Location::caller()))
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}

/// How many of how many slots are used.
pub(super) fn used<T>(real: &mpsc::Sender<T>) -> Option<(usize, usize)> {
    let all = real.max_capacity();
    Some((all - real.capacity(), all))
}

/// Looks at something that other lanes change without a step of their own being told.
pub(super) fn look<V: std::hash::Hash>(place: Place, end: &End, value: V) -> V {
    let turn = runtime::look(place);
    task::observe(&value);
    runtime::looked(place, digest(&value));
    turn.say(|note| {
        let name = note.name(end.object());
        note.what(format!("looks at {name}")).uses(end.object())
    });
    value
}

fn digest(value: &impl std::hash::Hash) -> u64 {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

pub(super) fn tell_sent(turn: Turn, end: &End, sent: bool, used: Option<(usize, usize)>) {
    turn.touch(end.object(), Touch::Write, Edge::None);
    turn.say(|note| {
        let name = note.name(end.object());
        let note = note.uses(end.object());
        match (sent, used) {
            (false, _) => note
                .what(format!("sends into {name}: the receiver is gone"))
                .lost(),
            (true, Some((used, all))) => {
                note.what(format!("sends into {name} ({used} of {all} slots used)"))
            }
            (true, None) => note.what(format!("sends into {name}")),
        }
    });
}

fn tell_full(turn: Turn, end: &End, place: Place) {
    turn.touch(end.object(), Touch::Read, Edge::None);
    runtime::looked(place, 0);
    turn.say(|note: Note| {
        let name = note.name(end.object());
        note.what(format!("tries to send into {name}: it is full"))
            .uses(end.object())
    });
}

fn tell_reserved(turn: Turn, end: &End, reserved: bool) {
    turn.touch(end.object(), Touch::Write, Edge::None);
    turn.say(|note| {
        let name = note.name(end.object());
        let what = match reserved {
            true => format!("reserves room in {name}"),
            false => format!("wants room in {name}: the receiver is gone"),
        };
        note.what(what).uses(end.object())
    });
}

fn tell_tried<E>(turn: Turn, end: &End, place: Place, error: Option<&TrySendError<E>>) {
    match error {
        Some(TrySendError::Full(_)) => tell_full(turn, end, place),
        error => tell_reserved(turn, end, error.is_none()),
    }
}
