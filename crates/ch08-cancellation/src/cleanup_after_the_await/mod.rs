//! TODO

pub mod broken;
pub mod fixed;

use std::sync::atomic::{AtomicU32, Ordering};

/// The seats of a theatre.
#[derive(Default)]
pub struct Seats {
    held: AtomicU32,
}

impl Seats {
    /// Holds a seat, so that nobody else can have it.
    pub fn hold(&self) {
        self.held.fetch_add(1, Ordering::Relaxed);
    }

    /// Gives a seat back that was held.
    pub fn release(&self) {
        self.held.fetch_sub(1, Ordering::Relaxed);
    }

    /// How many are held or sold.
    pub fn held(&self) -> u32 {
        self.held.load(Ordering::Relaxed)
    }
}
