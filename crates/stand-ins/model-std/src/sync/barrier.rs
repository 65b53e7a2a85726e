//! `std::sync::Barrier`.

use real::fmt;
use real::panic::Location;

/// A meeting point for so many threads.
pub struct Barrier(parts::Barrier);

// SAFETY: as for `Mutex`.
unsafe impl Send for Barrier {}
// SAFETY: as for `Mutex`.
unsafe impl Sync for Barrier {}

/// Whether a thread is the one that came last.
pub struct BarrierWaitResult(bool);

impl Barrier {
    #[track_caller]
    pub const fn new(n: usize) -> Self {
        Barrier(parts::Barrier::new("Barrier", n, Location::caller()))
    }

    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        BarrierWaitResult(self.0.wait(Location::caller()))
    }
}

impl BarrierWaitResult {
    #[must_use]
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier").finish_non_exhaustive()
    }
}

impl fmt::Debug for BarrierWaitResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BarrierWaitResult")
            .field("is_leader", &self.0)
            .finish()
    }
}
