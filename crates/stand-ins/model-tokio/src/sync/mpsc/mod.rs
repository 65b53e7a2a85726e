//! `tokio::sync::mpsc`: tokio's own channel, told to the explorer.

pub mod error;
mod permits;
mod receiver;
mod sender;
mod unbounded;
mod weak;

use std::panic::Location;

pub use self::permits::{OwnedPermit, Permit, PermitIterator};
pub use self::receiver::{Receiver, UnboundedReceiver};
pub use self::sender::Sender;
pub use self::unbounded::UnboundedSender;
pub use self::weak::{WeakSender, WeakUnboundedSender};

use super::end::{Channel, End, Side};

#[track_caller]
pub fn channel<T>(buffer: usize) -> (Sender<T>, Receiver<T>) {
    let place = Location::caller();
    let (sender, receiver) = real::sync::mpsc::channel(buffer);
    let channel = Channel::new("channel", place);
    let sender_end = End::new(&channel, Side::Sender, place);
    let receiver_end = End::new(&channel, Side::Receiver, place);
    (
        Sender::new(sender, sender_end),
        Receiver::new(receiver, receiver_end),
    )
}

#[track_caller]
pub fn unbounded_channel<T>() -> (UnboundedSender<T>, UnboundedReceiver<T>) {
    let place = Location::caller();
    let (sender, receiver) = real::sync::mpsc::unbounded_channel();
    let channel = Channel::new("channel", place);
    let sender_end = End::new(&channel, Side::Sender, place);
    let receiver_end = End::new(&channel, Side::Receiver, place);
    (
        UnboundedSender::new(sender, sender_end),
        UnboundedReceiver::new(receiver, receiver_end),
    )
}
