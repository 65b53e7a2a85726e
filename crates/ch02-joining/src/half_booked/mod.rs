//! TODO

pub mod broken;
pub mod fixed;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::time;

/// A train, as its reservation server knows it.
pub struct Train {
    free: AtomicU32,
    answers_in: Duration,
}

/// A seat that is held. Dropping it gives it back.
pub struct Seat<'t>(&'t Train);

/// All seats are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

impl Train {
    /// A train with so many free seats, whose server takes so long to answer.
    pub fn new(free: u32, answers_in: Duration) -> Self {
        Self {
            free: AtomicU32::new(free),
            answers_in,
        }
    }

    /// How many seats are free.
    pub fn free(&self) -> u32 {
        self.free.load(Ordering::SeqCst)
    }

    /// Holds a seat.
    async fn hold(&self) -> Result<Seat<'_>, Full> {
        let one_less = |free: u32| free.checked_sub(1);
        let held = self
            .free
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less);
        // The seat is held; the answer is on its way.
        time::sleep(self.answers_in).await;
        held.map(|_| Seat(self)).map_err(|_| Full)
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.0.free.fetch_add(1, Ordering::SeqCst);
    }
}
