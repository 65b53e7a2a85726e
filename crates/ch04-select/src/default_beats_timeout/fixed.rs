//! Reads a scale that needs a moment to settle.

use std::time::Duration;

use crossbeam::channel::{self, Receiver};

/// How long a parcel may lie on the scale.
const PATIENCE: Duration = Duration::from_secs(1);

/// Waits for the weight in grams; `None` if the scale has not settled within a second.
pub fn weigh(scale: &Receiver<u32>) -> Option<u32> {
    channel::select! {
        recv(scale) -> grams => grams.ok(),
        recv(channel::after(PATIENCE)) -> _ => None,
    }
}
