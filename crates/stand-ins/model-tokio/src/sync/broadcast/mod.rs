//! `tokio::sync::broadcast`: tokio's own channel, told to the explorer.

use std::fmt;
use std::panic::Location;
use std::sync::Arc;

use explore::runtime::task::{self, Await};
use explore::runtime::{self, Edge, Touch};
use real::sync::broadcast;

use super::end::{Channel, End, Side};
use crate::leaf::leaf;

mod receiver;

pub mod error {
    pub use real::sync::broadcast::error::{RecvError, SendError, TryRecvError};
}

pub use self::receiver::Receiver;
use error::SendError;

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
show!(Sender, WeakSender);
