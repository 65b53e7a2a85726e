//! What a guard remembers, and when a wait is over.

use std::marker::PhantomData;
use std::time::Duration;

use explore::runtime::{self, Place};
use model_std::time::Instant;

/// A guard's knowledge of where its lock was taken. It stays on its thread.
pub struct Held {
    pub place: Place,
    not_send: PhantomData<*const ()>,
}

// SAFETY: nothing in it can be changed.
unsafe impl Sync for Held {}

impl Held {
    pub fn at(place: Place) -> Self {
        Held {
            place,
            not_send: PhantomData,
        }
    }

    /// If the lock was taken.
    pub fn when(taken: bool, place: Place) -> Option<Self> {
        taken.then(|| Held::at(place))
    }
}

/// When a wait of this length ends; never, if the clock cannot show it.
pub fn after(limit: Duration) -> Option<Duration> {
    runtime::now().checked_add(limit)
}

/// The same for a wait until this instant.
pub fn until(end: Instant) -> Option<Duration> {
    after(end.saturating_duration_since(Instant::now()))
}
