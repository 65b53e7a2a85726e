//! A receiver that closes the channel of its senders.
//!
//! Go compiles it for a `chan` and panics in the next sender; for a `<-chan` it refuses. std's
//! receiver has no such method: dropping it is how it leaves, and the next `send` gives the message
//! back in an error. (tokio's receiver does have `close`, and there it is good manners: nothing new
//! comes in, and what was sent can still be taken.)
// refused: E0599

use std::sync::mpsc::Receiver;

pub fn first(jobs: Receiver<u32>) -> Option<u32> {
    let first = jobs.recv().ok();
    jobs.close(); //~
    first
}
