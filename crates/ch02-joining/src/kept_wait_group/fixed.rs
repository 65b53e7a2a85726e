//! Packs parcels in rounds.

use std::mem;
use std::sync::{Arc, Mutex};
use std::thread;

use crossbeam::sync::WaitGroup;

/// A round: the parcels that leave with the next van.
pub struct Round {
    packing: WaitGroup,
    packed: Arc<Mutex<Vec<u32>>>,
}

impl Round {
    /// An empty round.
    pub fn begin() -> Self {
        Self {
            packing: WaitGroup::new(),
            packed: Arc::new(Mutex::new(Vec::new())),
        }
    }

    /// Has `order` packed by a thread of its own.
    pub fn pack(&mut self, order: u32) {
        let packing = self.packing.clone();
        let packed = Arc::clone(&self.packed);
        thread::spawn(move || {
            packed.lock().unwrap().push(order);
            drop(packing);
        });
    }

    /// Waits until every parcel of this round is packed, and takes them to the van. The next round
    /// begins.
    pub fn load(&mut self) -> Vec<u32> {
        mem::take(&mut self.packing).wait();
        self.packed.lock().unwrap().split_off(0)
    }
}
