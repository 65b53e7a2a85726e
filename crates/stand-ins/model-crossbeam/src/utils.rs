//! `crossbeam::utils`.

use std::cell::Cell;
use std::panic::Location;

pub use crossbeam::utils::CachePadded;

use explore::runtime::{self, Wait};

/// From so many steps on a real `snooze` gives its processor away.
const SPINS: u32 = 6;
/// From so many on a real one is advised to block.
const SNOOZES: u32 = 10;

/// Waits a little, and longer each time. Here each wait lets others go first: that they do not is
/// a departure.
#[derive(Debug, Default)]
pub struct Backoff {
    step: Cell<u32>,
}

impl Backoff {
    #[must_use]
    pub fn new() -> Self {
        Backoff::default()
    }

    pub fn reset(&self) {
        self.step.set(0);
    }

    #[track_caller]
    pub fn spin(&self) {
        self.give_way(SPINS, Location::caller());
    }

    #[track_caller]
    pub fn snooze(&self) {
        self.give_way(SNOOZES, Location::caller());
    }

    #[must_use]
    pub fn is_completed(&self) -> bool {
        self.step.get() > SNOOZES
    }

    fn give_way(&self, limit: u32, place: runtime::Place) {
        let turn = runtime::turn(place, &Wait::giving_way());
        turn.say(|note| note.what("backs off"));
        let step = self.step.get();
        self.step.set(step + u32::from(step <= limit));
    }
}
