//! Wrong: looks every ten milliseconds whether it can do anything.
//! Caught by: room_is_used_at_once

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::num::NonZeroUsize;

use std::time::Duration;

use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::mpsc::{Receiver, Sender};

/// A parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// How urgent it is; more is more urgent.
    pub urgency: u8,
    /// Its number.
    pub number: u32,
}

/// Hands parcels on, the most urgent first, and holds at most `places` of them.
pub async fn sort(mut input: Receiver<Parcel>, output: Sender<Parcel>, places: NonZeroUsize) {
    // By urgency, then by who came first; the numbers of arrival are all different.
    let mut held: BinaryHeap<(u8, Reverse<u64>, u32)> = BinaryHeap::new();
    let mut arrived = 0;
    let mut is_open = true;
    while is_open || !held.is_empty() {
        while is_open && held.len() < places.get() {
            match input.try_recv() {
                Ok(Parcel { urgency, number }) => {
                    held.push((urgency, Reverse(arrived), number));
                    arrived += 1;
                }
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => is_open = false,
            }
        }
        if let Ok(room) = output.try_reserve()
            && let Some((urgency, _, number)) = held.pop()
        {
            room.send(Parcel { urgency, number });
            continue;
        }
        if output.is_closed() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
