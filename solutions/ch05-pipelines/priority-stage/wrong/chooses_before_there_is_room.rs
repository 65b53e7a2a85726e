//! Wrong: has the next one in hand while it waits for room.
//! Caught by: a_late_one_that_is_more_urgent_goes_first

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

const NONE: Parcel = Parcel {
    urgency: 0,
    number: 0,
};

/// Hands parcels on, the most urgent first, and holds at most `places` of them.
pub async fn sort(mut input: Receiver<Parcel>, output: Sender<Parcel>, places: NonZeroUsize) {
    // By urgency, then by who came first; the numbers of arrival are all different.
    let mut held: BinaryHeap<(u8, Reverse<u64>, u32)> = BinaryHeap::new();
    let mut arrived = 0;
    let mut is_open = true;
    let mut next: Option<Parcel> = None;
    loop {
        if next.is_none() {
            next = held
                .pop()
                .map(|(urgency, _, number)| Parcel { urgency, number });
        }
        let taken = held.len() + usize::from(next.is_some());
        tokio::select! {
            parcel = input.recv(), if is_open && taken < places.get() => match parcel {
                Some(Parcel { urgency, number }) => {
                    held.push((urgency, Reverse(arrived), number));
                    arrived += 1;
                }
                None => is_open = false,
            },
            sent = output.send(next.unwrap_or(NONE)), if next.is_some() => {
                if sent.is_err() {
                    return;
                }
                next = None;
            }
            () = output.closed(), if is_open && next.is_none() => return,
            else => return,
        }
    }
}
