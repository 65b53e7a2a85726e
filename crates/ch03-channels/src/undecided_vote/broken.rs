//! Books a trip at all its hotels and airlines, or at none.

use tokio::sync::{mpsc, watch};

use super::Decision;

/// A trip that is about to be booked.
pub struct Trip {
    /// How it was decided; everybody who takes part waits for it.
    pub decision: watch::Sender<Decision>,
}

impl Trip {
    /// Counts the votes of all `parts` of it; true if the trip is booked.
    pub async fn book(&self, parts: usize, mut votes: mpsc::Receiver<bool>) -> bool {
        for _ in 0..parts {
            if votes.recv().await != Some(true) {
                return false;
            }
        }
        self.decision.send_replace(Decision::Book);
        true
    }
}
