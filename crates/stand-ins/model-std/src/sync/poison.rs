//! Poisoning: a guard that is dropped while a panic unwinds its thread marks the lock.

use real::cell::Cell;
use real::sync::{LockResult, PoisonError};

use explore::runtime;

/// Whether a panic has left the data behind a lock in the middle of a change.
#[derive(Debug, Default)]
pub(crate) struct Poison(Cell<bool>);

impl Poison {
    pub const fn new() -> Self {
        Poison(Cell::new(false))
    }

    pub fn is_set(&self) -> bool {
        self.0.get()
    }

    pub fn clear(&self) {
        self.0.set(false);
    }

    /// For a guard that goes: `was_panicking` when it was made.
    pub fn leave(&self, was_panicking: bool) {
        if !was_panicking && runtime::panicking() {
            self.0.set(true);
        }
    }

    /// Wraps what a lock hands out.
    pub fn wrap<T>(&self, value: T) -> LockResult<T> {
        if self.is_set() {
            Err(PoisonError::new(value))
        } else {
            Ok(value)
        }
    }
}
