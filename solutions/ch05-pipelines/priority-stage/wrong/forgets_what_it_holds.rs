//! Wrong: returns when the input ends.
//! Caught by: when_the_input_has_ended_the_order_stays

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::num::NonZeroUsize;

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
    let is_open = true;
    loop {
        tokio::select! {
            parcel = input.recv(), if is_open && held.len() < places.get() => match parcel {
                Some(Parcel { urgency, number }) => {
                    held.push((urgency, Reverse(arrived), number));
                    arrived += 1;
                }
                None => return,
            },
            // First the room, then the choice.
            room = output.reserve(), if !held.is_empty() => {
                let (Ok(room), Some((urgency, _, number))) = (room, held.pop()) else {
                    return;
                };
                room.send(Parcel { urgency, number });
            }
            () = output.closed(), if is_open && held.is_empty() => return,
            else => return,
        }
    }
}
