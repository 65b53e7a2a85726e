//! # Priority stage
//!
//! Parcels come in by one channel and go out by another, the most urgent first. A guide has this stage
//! among its ways to hold back pressure: it takes in whatever comes, and sends when nothing comes. Under
//! load 112,139 parcels lay in its queue after two seconds.
//!
//! Below is a port that has a bound. It is nearly right.
//!
//! The rules, in which a parcel is *held* from when it was received until it was sent on:
//!
//! - At most `places` parcels are held. While fewer are, one that is in the input is taken in, also if the
//!   output is full.
//! - As soon as the output has room and a parcel is held, one is sent on. The stage does not wait for more.
//! - It is the most urgent of those that are held at the moment when there is room. Of two that are equally
//!   urgent it is the one that came in first.
//! - When the input has ended, everything that is held is sent on, and then the stage returns.
//! - When nobody takes the output any more, the stage returns at once, also if nothing comes in and nothing
//!   is held.
//! - While it can do nothing, it sleeps: no polling.
//!
//! You may change everything in this file but the signatures of what is public.

use std::cmp::Ordering;
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

impl Ord for Parcel {
    fn cmp(&self, other: &Self) -> Ordering {
        self.urgency.cmp(&other.urgency)
    }
}

impl PartialOrd for Parcel {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Hands parcels on, the most urgent first, and holds at most `places` of them.
pub async fn sort(mut input: Receiver<Parcel>, output: Sender<Parcel>, places: NonZeroUsize) {
    let mut held = BinaryHeap::new();
    loop {
        while held.len() < places.get() {
            match input.try_recv() {
                Ok(parcel) => held.push(parcel),
                Err(_) => break,
            }
        }
        let next = match held.pop() {
            Some(parcel) => parcel,
            None => match input.recv().await {
                Some(parcel) => parcel,
                None => return,
            },
        };
        if output.send(next).await.is_err() {
            return;
        }
    }
}
