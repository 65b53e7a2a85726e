//! Channels: unbounded, bounded, and those that hand over from one lane to another.
//!
//! Unlike the other parts a channel holds data of the program: its messages.
//!
//! One operation is one step. Where nothing is stored (capacity 0) the first of the two partners
//! takes a step to say that it is there, and the second one takes another to hand over; the first
//! then goes on without one. What a message orders is exact: its receiver sees all that its
//! sender had done, and no more; who sends into a place of a bounded channel sees all that was
//! done by the one who emptied it; who learns that a channel is closed sees all that was done by
//! those who closed it.
//!
//! To drop a sender is a step as long as a receiver could notice, and the other way round. It is
//! one for those that are not the last too: a sender that is *not yet* dropped keeps the channel
//! open, and a program may count on the contrary.

mod arm;
mod core;
mod leaving;
mod meeting;
mod receiver;
mod select;
mod sender;
mod timer;

use std::sync::Arc;

use explore::runtime::Place;

pub use self::arm::Arm;
use self::core::Core;
pub use self::core::Leftovers;
pub use self::meeting::Party;
pub use self::receiver::{Receiver, Unreceived};
pub use self::select::{Order, Ticket, Until, ready, select};
pub use self::sender::{Sender, Unsent};
pub use self::timer::Timer;

/// A channel with room for `capacity` messages, or for any number; with 0 it hands over from one
/// lane to another.
pub fn channel<T>(
    capacity: Option<usize>,
    leftovers: Leftovers,
    place: Place,
) -> (Sender<T>, Receiver<T>) {
    let core = Arc::new(Core::new(capacity, leftovers, place));
    (Sender::new(core.clone(), place), Receiver::new(core, place))
}
