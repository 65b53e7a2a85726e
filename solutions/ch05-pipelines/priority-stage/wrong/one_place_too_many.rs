//! Wrong: takes one more in than there are places.
//! Caught by: no_more_are_held_than_there_are_places_and_no_fewer

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
    let mut is_open = true;
    loop {
        tokio::select! {
            parcel = input.recv(), if is_open && held.len() <= places.get() => match parcel {
                Some(Parcel { urgency, number }) => {
                    held.push((urgency, Reverse(arrived), number));
                    arrived += 1;
                }
                None => is_open = false,
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
