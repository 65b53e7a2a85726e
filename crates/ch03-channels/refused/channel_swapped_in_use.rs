//! A channel replaced by a larger one while others send.
//!
//! A guide's channel manager assigns the field, and the race detector objects. Here `&self` is for
//! looking. To replace a sender that others use it has to stand behind a `Mutex`, and then the
//! question comes up that the guide forgot: who takes what still lies in the old one?
// refused: E0594

use std::sync::mpsc::{self, Receiver, SyncSender};

pub struct Queue {
    orders: SyncSender<u32>,
}

impl Queue {
    pub fn resize(&self, places: usize) -> Receiver<u32> {
        let (orders, inbox) = mpsc::sync_channel(places);
        self.orders = orders; //~
        inbox
    }
}
