//! Poisoning: a guard that is dropped while a panic unwinds its thread marks the lock.

use real::cell::Cell;
use real::sync::{LockResult, PoisonError};

use explore::runtime::{self, Edge, Object, Place, Touch, Wait};

/// Whether a panic has left the data behind a lock in the middle of a change.
#[derive(Debug, Default)]
pub(crate) struct Poison(Cell<bool>);

impl Poison {
    pub const fn new() -> Self {
        Poison(Cell::new(false))
    }

    /// For a guard that goes: `was_panicking` when it was made.
    pub fn leave(&self, was_panicking: bool) {
        if !was_panicking && runtime::panicking() {
            self.0.set(true);
        }
    }

    /// Wraps what a lock hands out.
    pub fn wrap<T>(&self, value: T) -> LockResult<T> {
        if self.0.get() {
            Err(PoisonError::new(value))
        } else {
            Ok(value)
        }
    }

    /// Somebody looks at it without the lock, which is `object`.
    pub fn look(&self, object: &Object, place: Place) -> bool {
        let turn = runtime::look(place);
        let set = self.0.get();
        turn.touch(object, Touch::Saw(set.into()), Edge::None);
        runtime::looked(place, set.into());
        turn.say(|note| {
            let name = note.name(object);
            let state = if set { "is" } else { "is not" };
            note.what(format!("sees that {name} {state} poisoned"))
                .uses(object)
        });
        set
    }

    /// Somebody clears it without the lock, which is `object`.
    pub fn clear(&self, object: &Object, place: Place) {
        let turn = runtime::turn(place, &Wait::none());
        self.0.set(false);
        turn.touch(object, Touch::Write, Edge::None);
        turn.say(|note| {
            let name = note.name(object);
            note.what(format!("clears the poison of {name}"))
                .uses(object)
        });
    }
}
