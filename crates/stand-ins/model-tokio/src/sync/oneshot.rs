//! `tokio::sync::oneshot`: tokio's own channel for one message, told to the explorer.

use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use explore::runtime::task::{self, Await};
use explore::runtime::{self, Edge, Object, Touch, Wait};
use real::sync::oneshot;

use crate::leaf::leaf;

pub mod error {
    pub use real::sync::oneshot::error::{RecvError, TryRecvError};
}

use error::{RecvError, TryRecvError};

/// Sends one message.
pub struct Sender<T> {
    /// Nothing once it has been sent.
    real: Option<oneshot::Sender<T>>,
    object: Arc<Object>,
    place: runtime::Place,
}

/// Receives one message.
pub struct Receiver<T> {
    real: oneshot::Receiver<T>,
    object: Arc<Object>,
    wait: Await<'static>,
}

#[track_caller]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let place = Location::caller();
    let (sender, receiver) = oneshot::channel();
    let object = Arc::new(Object::new("oneshot", place));
    let wait = Await::on_shared(place, object.clone(), WAITS).at_the_caller();
    (
        Sender {
            real: Some(sender),
            object: object.clone(),
            place,
        },
        Receiver {
            real: receiver,
            object,
            wait,
        },
    )
}

const WAITS: &str = "waits for the answer of";
const SENDS_ONCE: &str = "a sender is there until it sends";

impl<T> Sender<T> {
    #[track_caller]
    pub fn send(mut self, value: T) -> Result<(), T> {
        let turn = task::step(Location::caller());
        let sent = self.real.take().expect(SENDS_ONCE).send(value);
        turn.touch(&self.object, Touch::Write, Edge::None);
        turn.say(|note| {
            let name = note.name(&self.object);
            let note = note.uses(&self.object);
            match &sent {
                Ok(()) => note.what(format!("answers through {name}")),
                Err(_) => note
                    .what(format!("answers through {name}: the receiver is gone"))
                    .lost(),
            }
        });
        sent
    }

    #[track_caller]
    pub fn closed(&mut self) -> impl Future<Output = ()> {
        let place = Location::caller();
        async move {
            let wait = Await::on(place, &self.object, "waits for the receiver to go from");
            let real = self.real.as_mut().expect(SENDS_ONCE);
            let ((), turn) = leaf(wait, real.closed()).await;
            turn.say(|note| note.what("sees that the receiver is gone"));
        }
    }

    #[track_caller]
    pub fn is_closed(&self) -> bool {
        let place = Location::caller();
        let turn = runtime::look(place);
        let closed = self.real.as_ref().expect(SENDS_ONCE).is_closed();
        turn.touch(&self.object, Touch::Read, Edge::None);
        runtime::looked(place, closed.into());
        turn.say(|note| {
            let name = note.name(&self.object);
            let what = match closed {
                true => format!("sees that the receiver of {name} is gone"),
                false => format!("sees that the receiver of {name} is there"),
            };
            note.what(what).uses(&self.object)
        });
        closed
    }

    pub fn poll_closed(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        // No note of what it waits for: who polls by hand waits for several things.
        aside_touch(&self.object);
        self.real.as_mut().expect(SENDS_ONCE).poll_closed(cx)
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        if let Some(real) = self.real.take() {
            drop(real);
            tell_dropped(&self.object, self.place, "the sender");
        }
    }
}

impl<T> Receiver<T> {
    #[track_caller]
    pub fn close(&mut self) {
        let turn = task::step(Location::caller());
        self.real.close();
        turn.touch(&self.object, Touch::Write, Edge::None);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("closes {name}")).uses(&self.object)
        });
    }

    pub fn is_terminated(&self) -> bool {
        self.real.is_terminated()
    }

    pub fn is_empty(&self) -> bool {
        aside_touch(&self.object);
        self.real.is_empty()
    }

    #[track_caller]
    pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
        let place = Location::caller();
        let turn = runtime::look(place);
        let received = self.real.try_recv();
        if matches!(received, Err(TryRecvError::Empty)) {
            turn.touch(&self.object, Touch::Read, Edge::None);
            runtime::looked(place, 0);
        } else {
            turn.touch(&self.object, Touch::Write, Edge::None);
        }
        turn.say(|note| {
            let name = note.name(&self.object);
            let what = match &received {
                Ok(_) => format!("takes the answer of {name}"),
                Err(TryRecvError::Empty) => format!("looks into {name}: there is no answer yet"),
                Err(TryRecvError::Closed) => format!("looks into {name}: the sender is gone"),
            };
            note.what(what).uses(&self.object)
        });
        received
    }

    #[track_caller]
    pub fn blocking_recv(self) -> Result<T, RecvError> {
        let place = Location::caller();
        task::block_on(place, "blocks its thread for an answer", self)
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, RecvError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Receiver { real, object, wait } = &mut *self;
        ready!(wait.begin());
        match Pin::new(real).poll(cx) {
            Poll::Ready(received) => {
                wait.ready().say(|note| {
                    let name = note.name(object);
                    let what = match &received {
                        Ok(_) => format!("takes the answer of {name}"),
                        Err(_) => format!("finds that the sender of {name} is gone"),
                    };
                    note.what(what).uses(object)
                });
                Poll::Ready(received)
            }
            Poll::Pending => {
                wait.pending();
                Poll::Pending
            }
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        // After the message there is nothing left to notice.
        if !self.real.is_terminated() {
            self.real.close();
            tell_dropped(&self.object, self.wait.place(), "the receiver");
        }
    }
}

fn aside_touch(object: &Object) {
    runtime::aside(None).touch(object, Touch::Read, Edge::None);
}

fn tell_dropped(object: &Object, place: runtime::Place, which: &str) {
    if runtime::world().is_none() {
        return;
    }
    let turn = runtime::turn_in_destructor(place, &Wait::none());
    turn.touch(object, Touch::Write, Edge::None);
    turn.say(|note| {
        let name = note.name(object);
        note.what(format!("drops {which} of {name}")).uses(object)
    });
}

impl<T: fmt::Debug> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}

impl<T: fmt::Debug> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}
