//! The receiving end.

use std::fmt;
use std::panic::Location;

use explore::runtime::task::{self, Await};
use explore::runtime::{self, Edge, Touch, Turn};
use real::sync::broadcast;

use super::super::end::End;
use super::error::{RecvError, TryRecvError};
use super::observed;
use crate::leaf::leaf;

/// Receives what is sent from its beginning on.
pub struct Receiver<T> {
    pub(super) real: broadcast::Receiver<T>,
    pub(super) end: End,
}

impl<T> Receiver<T> {
    pub fn len(&self) -> usize {
        observed(&self.end, self.real.len())
    }

    pub fn is_empty(&self) -> bool {
        observed(&self.end, self.real.is_empty())
    }

    pub fn same_channel(&self, other: &Self) -> bool {
        self.real.same_channel(&other.real)
    }

    pub fn sender_strong_count(&self) -> usize {
        observed(&self.end, self.real.sender_strong_count())
    }

    pub fn sender_weak_count(&self) -> usize {
        observed(&self.end, self.real.sender_weak_count())
    }

    pub fn is_closed(&self) -> bool {
        observed(&self.end, self.real.is_closed())
    }
}

impl<T: Clone> Receiver<T> {
    #[track_caller]
    pub fn resubscribe(&self) -> Self {
        let place = Location::caller();
        task::step(place).touch(self.end.object(), Touch::Write, Edge::None);
        Receiver {
            real: self.real.resubscribe(),
            end: self.end.another(place),
        }
    }

    #[track_caller]
    pub fn recv(&mut self) -> impl Future<Output = Result<T, RecvError>> {
        let place = Location::caller();
        async move {
            let wait = Await::on(place, self.end.object(), "waits for a message from")
                .explained_by(self.end.channel().clone())
                .that_only_reads();
            let (received, turn) = leaf(wait, self.real.recv()).await;
            let outcome = match &received {
                Ok(_) => Outcome::Message,
                Err(RecvError::Lagged(n)) => Outcome::Lagged(*n),
                Err(RecvError::Closed) => Outcome::Closed,
            };
            tell(turn, &self.end, outcome);
            received
        }
    }

    #[track_caller]
    pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
        let place = Location::caller();
        let turn = runtime::look(place);
        turn.touch(self.end.object(), Touch::Read, Edge::None);
        let received = self.real.try_recv();
        let outcome = match &received {
            Ok(_) => Outcome::Message,
            Err(TryRecvError::Lagged(n)) => Outcome::Lagged(*n),
            Err(TryRecvError::Closed) => Outcome::Closed,
            Err(TryRecvError::Empty) => {
                runtime::looked(place, 0);
                Outcome::Nothing
            }
        };
        tell(turn, &self.end, outcome);
        received
    }

    #[track_caller]
    pub fn blocking_recv(&mut self) -> Result<T, RecvError> {
        let place = Location::caller();
        task::block_on(place, "blocks its thread to receive", self.recv())
    }
}

enum Outcome {
    Message,
    Lagged(u64),
    Closed,
    Nothing,
}

fn tell(turn: Turn, end: &End, outcome: Outcome) {
    turn.say(|note| {
        let name = note.name(end.object());
        let note = note.uses(end.object());
        match outcome {
            Outcome::Message => note.what(format!("receives from {name}")),
            Outcome::Lagged(1) => note.what(format!("finds that it missed 1 message of {name}")),
            Outcome::Lagged(n) => note.what(format!("finds that it missed {n} messages of {name}")),
            Outcome::Closed => note.what(format!("finds {name} closed")),
            Outcome::Nothing => note.what(format!("looks into {name}: nothing new")),
        }
    });
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}
