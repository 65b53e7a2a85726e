//! A hangar: what is urgent takes off first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tokio::sync::mpsc::{Receiver, Sender};

/// How urgent a flight is, and its number; of equals the lower number comes first.
pub type Flight = (u8, Reverse<u32>);

/// Hands flights on, the most urgent of those that wait first, until there are no more.
pub async fn dispatch(mut arriving: Receiver<Flight>, runway: Sender<Flight>) {
    let mut waiting = BinaryHeap::new();
    loop {
        tokio::select! {
            biased;
            Some(flight) = arriving.recv() => waiting.push(flight),
            Ok(free) = runway.reserve(), if !waiting.is_empty() => {
                free.send(waiting.pop().expect("one waits"));
            }
            else => return,
        }
    }
}
