//! Wrong: takes in what is there, sorts it, and sends all of it before it looks again.
//! Caught by: no_more_are_held_than_there_are_places_and_no_fewer

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
    loop {
        let mut batch = Vec::new();
        tokio::select! {
            taken = input.recv_many(&mut batch, places.get()) => if taken == 0 {
                return;
            },
            () = output.closed() => return,
        }
        batch.sort_by_key(|parcel| std::cmp::Reverse(parcel.urgency));
        for parcel in batch {
            if output.send(parcel).await.is_err() {
                return;
            }
        }
    }
}
