//! The receiving end of a channel, with a bound or without.

use std::fmt;
use std::panic::Location;
use std::task::{Context, Poll, ready};

use explore::runtime::task::{self, Await};
use explore::runtime::{self, Edge, Place, Touch, Turn};
use real::sync::mpsc;

use super::super::end::End;
use super::error::TryRecvError;
use super::sender::look;
use crate::leaf::leaf;

const WAITS: &str = "waits for a message from";

macro_rules! receiver {
    ($name:ident) => {
        /// The receiving end of a channel.
        pub struct $name<T> {
            real: mpsc::$name<T>,
            end: End,
            /// For polls that are not behind an `.await` of ours.
            wait: Await<'static>,
        }

        impl<T> Unpin for $name<T> {}

        impl<T> $name<T> {
            pub(super) fn new(real: mpsc::$name<T>, end: End) -> Self {
                let channel = end.channel().clone();
                let wait = Await::on_shared(Location::caller(), channel.object.clone(), WAITS)
                    .explained_by(channel)
                    .at_the_caller();
                $name { real, end, wait }
            }

            #[track_caller]
            pub fn recv(&mut self) -> impl Future<Output = Option<T>> {
                let place = Location::caller();
                async move {
                    let wait = wait(place, &self.end);
                    let (message, turn) = leaf(wait, self.real.recv()).await;
                    tell_received(turn, &self.end, usize::from(message.is_some()));
                    message
                }
            }

            #[track_caller]
            pub fn recv_many(
                &mut self,
                buffer: &mut Vec<T>,
                limit: usize,
            ) -> impl Future<Output = usize> {
                let place = Location::caller();
                async move {
                    let wait = wait(place, &self.end);
                    let (count, turn) = leaf(wait, self.real.recv_many(buffer, limit)).await;
                    tell_received(turn, &self.end, count);
                    count
                }
            }

            #[track_caller]
            pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
                let place = Location::caller();
                let turn = runtime::look(place);
                let received = self.real.try_recv();
                match &received {
                    Ok(_) => tell_received(turn, &self.end, 1),
                    Err(TryRecvError::Disconnected) => tell_received(turn, &self.end, 0),
                    Err(TryRecvError::Empty) => {
                        turn.touch(self.end.object(), Touch::Read, Edge::None);
                        runtime::looked(place, 0);
                        turn.say(|note| {
                            let name = note.name(self.end.object());
                            note.what(format!("looks into {name}: it is empty"))
                                .uses(self.end.object())
                        });
                    }
                }
                received
            }

            #[track_caller]
            pub fn blocking_recv(&mut self) -> Option<T> {
                let place = Location::caller();
                task::block_on(place, "blocks its thread to receive", self.recv())
            }

            #[track_caller]
            pub fn blocking_recv_many(&mut self, buffer: &mut Vec<T>, limit: usize) -> usize {
                let place = Location::caller();
                let received = self.recv_many(buffer, limit);
                task::block_on(place, "blocks its thread to receive", received)
            }

            #[track_caller]
            pub fn close(&mut self) {
                let turn = task::step(Location::caller());
                self.real.close();
                turn.touch(self.end.object(), Touch::Write, Edge::None);
                turn.say(|note| {
                    let name = note.name(self.end.object());
                    note.what(format!("closes {name}")).uses(self.end.object())
                });
            }

            #[track_caller]
            pub fn is_closed(&self) -> bool {
                look(Location::caller(), &self.end, self.real.is_closed())
            }

            #[track_caller]
            pub fn is_empty(&self) -> bool {
                look(Location::caller(), &self.end, self.real.is_empty())
            }

            #[track_caller]
            pub fn len(&self) -> usize {
                look(Location::caller(), &self.end, self.real.len())
            }

            pub fn poll_recv(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
                let $name { real, end, wait } = self;
                poll(
                    wait,
                    end,
                    || real.poll_recv(cx),
                    |message| usize::from(message.is_some()),
                )
            }

            pub fn poll_recv_many(
                &mut self,
                cx: &mut Context<'_>,
                buffer: &mut Vec<T>,
                limit: usize,
            ) -> Poll<usize> {
                let $name { real, end, wait } = self;
                poll(
                    wait,
                    end,
                    || real.poll_recv_many(cx, buffer, limit),
                    |count| *count,
                )
            }

            #[track_caller]
            pub fn sender_strong_count(&self) -> usize {
                look(
                    Location::caller(),
                    &self.end,
                    self.real.sender_strong_count(),
                )
            }

            #[track_caller]
            pub fn sender_weak_count(&self) -> usize {
                look(Location::caller(), &self.end, self.real.sender_weak_count())
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.real.fmt(f)
            }
        }
    };
}
receiver!(Receiver);
receiver!(UnboundedReceiver);

impl<T> Receiver<T> {
    #[track_caller]
    pub fn capacity(&self) -> usize {
        look(Location::caller(), &self.end, self.real.capacity())
    }

    pub fn max_capacity(&self) -> usize {
        self.real.max_capacity()
    }
}

fn wait(place: Place, end: &End) -> Await<'_> {
    Await::on(place, end.object(), WAITS).explained_by(end.channel().clone())
}

fn poll<R>(
    wait: &mut Await<'_>,
    end: &End,
    poll: impl FnOnce() -> Poll<R>,
    count: impl FnOnce(&R) -> usize,
) -> Poll<R> {
    ready!(wait.begin());
    match poll() {
        Poll::Ready(received) => {
            tell_received(wait.ready(), end, count(&received));
            wait.renew();
            Poll::Ready(received)
        }
        Poll::Pending => {
            wait.pending();
            Poll::Pending
        }
    }
}

fn tell_received(turn: Turn, end: &End, count: usize) {
    turn.touch(end.object(), Touch::Write, Edge::None);
    turn.say(|note| {
        let name = note.name(end.object());
        let what = match count {
            0 => format!("finds {name} closed"),
            1 => format!("receives from {name}"),
            n => format!("receives {n} messages from {name}"),
        };
        note.what(what).uses(end.object())
    });
}
