//! A sender made from a receiver.
//!
//! Go refuses this, too: there is no way back from `<-chan` to `chan`. But somewhere the whole
//! channel still exists, and whoever holds it may send and close. Here it existed for one line, as
//! a pair.
// refused: E0599

use std::sync::mpsc::{Receiver, Sender};

pub fn another_producer(queue: &Receiver<u32>) -> Sender<u32> {
    queue.sender() //~
}
