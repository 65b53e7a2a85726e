//! `tokio::sync::broadcast`: tokio's own channel, told to the explorer.

use std::fmt;
use std::panic::Location;
use std::sync::Arc;

use explore::runtime::task::{self, Await};
use explore::runtime::{self, Edge, Touch, Turn};
use real::sync::broadcast;

use super::end::{Channel, End, Side};
use crate::leaf::leaf;

pub mod error {
    pub use real::sync::broadcast::error::{RecvError, SendError, TryRecvError};
}

use error::{RecvError, SendError, TryRecvError};

/// Sends to all receivers.
pub struct Sender<T> {
    real: broadcast::Sender<T>,
    end: End,
}

/// A sender that does not keep the channel open.
pub struct WeakSender<T> {
    real: broadcast::WeakSender<T>,
    channel: Arc<Channel>,
}

/// Receives what is sent from its beginning on.
pub struct Receiver<T> {
    real: broadcast::Receiver<T>,
    end: End,
}

#[track_caller]
pub fn channel<T: Clone>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let place = Location::caller();
    let (sender, receiver) = broadcast::channel(capacity);
    let channel = Channel::new("broadcast channel", place);
    (
        Sender {
            real: sender,
            end: End::new(&channel, Side::Sender, place),
        },
        Receiver {
            real: receiver,
            end: End::new(&channel, Side::Receiver, place),
        },
    )
}

impl<T> Sender<T> {
    #[track_caller]
    pub fn new(capacity: usize) -> Self {
        let place = Location::caller();
        let channel = Channel::new("broadcast channel", place);
        Sender {
            real: broadcast::Sender::new(capacity),
            end: End::new(&channel, Side::Sender, place),
        }
    }

    #[track_caller]
    pub fn send(&self, value: T) -> Result<usize, SendError<T>> {
        let turn = task::step(Location::caller());
        turn.touch(self.end.object(), Touch::Write, Edge::None);
        let sent = self.real.send(value);
        turn.say(|note| {
            let name = note.name(self.end.object());
            let note = note.uses(self.end.object());
            match sent {
                Ok(1) => note.what(format!("sends into {name}, to 1 receiver")),
                Ok(n) => note.what(format!("sends into {name}, to {n} receivers")),
                Err(_) => note
                    .what(format!("sends into {name}: nobody receives"))
                    .lost(),
            }
        });
        sent
    }

    #[track_caller]
    pub fn subscribe(&self) -> Receiver<T> {
        let place = Location::caller();
        let turn = task::step(place);
        turn.touch(self.end.object(), Touch::Write, Edge::None);
        let receiver = Receiver {
            real: self.real.subscribe(),
            end: End::new(self.end.channel(), Side::Receiver, place),
        };
        turn.say(|note| {
            let name = note.name(self.end.object());
            note.what(format!("subscribes to {name}"))
                .uses(self.end.object())
        });
        receiver
    }

    #[must_use = "Downgrade creates a WeakSender without destroying the original non-weak sender."]
    pub fn downgrade(&self) -> WeakSender<T> {
        WeakSender {
            real: self.real.downgrade(),
            channel: self.end.channel().clone(),
        }
    }

    pub fn len(&self) -> usize {
        observed(&self.end, self.real.len())
    }

    pub fn is_empty(&self) -> bool {
        observed(&self.end, self.real.is_empty())
    }

    pub fn receiver_count(&self) -> usize {
        observed(&self.end, self.real.receiver_count())
    }

    pub fn same_channel(&self, other: &Self) -> bool {
        self.real.same_channel(&other.real)
    }

    #[track_caller]
    pub fn closed(&self) -> impl Future<Output = ()> {
        let place = Location::caller();
        async move {
            let wait = Await::on(
                place,
                self.end.object(),
                "waits for the receivers to go from",
            );
            let ((), turn) = leaf(wait, self.real.closed()).await;
            turn.say(|note| note.what("sees that all receivers are gone"));
        }
    }

    pub fn strong_count(&self) -> usize {
        observed(&self.end, self.real.strong_count())
    }

    pub fn weak_count(&self) -> usize {
        observed(&self.end, self.real.weak_count())
    }
}

impl<T> Clone for Sender<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        Sender {
            real: self.real.clone(),
            end: self.end.another(Location::caller()),
        }
    }
}

impl<T> WeakSender<T> {
    #[must_use]
    #[track_caller]
    pub fn upgrade(&self) -> Option<Sender<T>> {
        let place = Location::caller();
        let real = self.real.upgrade();
        task::observe(real.is_some());
        Some(Sender {
            real: real?,
            end: End::new(&self.channel, Side::Sender, place),
        })
    }

    pub fn strong_count(&self) -> usize {
        let count = self.real.strong_count();
        task::observe(count);
        count
    }

    pub fn weak_count(&self) -> usize {
        let count = self.real.weak_count();
        task::observe(count);
        count
    }
}

impl<T> Clone for WeakSender<T> {
    fn clone(&self) -> Self {
        WeakSender {
            real: self.real.clone(),
            channel: self.channel.clone(),
        }
    }
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
            let wait =
                Await::on(place, self.end.object(), "waits for a message from").that_only_reads();
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

fn observed<V: std::hash::Hash>(end: &End, value: V) -> V {
    runtime::aside(None).touch(end.object(), Touch::Read, Edge::None);
    task::observe(&value);
    value
}

macro_rules! show {
    ($($name:ident),*) => { $(
        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.real.fmt(f)
            }
        }
    )* };
}
show!(Sender, WeakSender, Receiver);
