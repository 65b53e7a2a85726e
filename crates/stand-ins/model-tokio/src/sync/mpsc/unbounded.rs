//! The sending end of a channel without a bound.

use std::fmt;
use std::panic::Location;

use explore::runtime::task::{self, Await};
use real::sync::mpsc;

use super::super::end::End;
use super::WeakUnboundedSender;
use super::error::SendError;
use super::sender::{look, tell_sent};
use crate::leaf::leaf;

/// The sending end of a channel without a bound.
pub struct UnboundedSender<T> {
    real: mpsc::UnboundedSender<T>,
    end: End,
}

impl<T> UnboundedSender<T> {
    pub(super) fn new(real: mpsc::UnboundedSender<T>, end: End) -> Self {
        UnboundedSender { real, end }
    }

    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        let turn = task::step(Location::caller());
        let sent = self.real.send(message);
        tell_sent(turn, &self.end, sent.is_ok(), None);
        sent
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
    pub fn is_closed(&self) -> bool {
        look(Location::caller(), &self.end, self.real.is_closed())
    }

    pub fn same_channel(&self, other: &Self) -> bool {
        self.real.same_channel(&other.real)
    }

    #[must_use = "Downgrade creates a WeakSender without destroying the original non-weak sender."]
    pub fn downgrade(&self) -> WeakUnboundedSender<T> {
        WeakUnboundedSender::new(self.real.downgrade(), self.end.channel().clone())
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

impl<T> Clone for UnboundedSender<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        UnboundedSender::new(self.real.clone(), self.end.another(Location::caller()))
    }
}

impl<T> fmt::Debug for UnboundedSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}
