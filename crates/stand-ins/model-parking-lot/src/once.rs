//! `parking_lot::Once`.

use std::fmt;
use std::panic::Location;

use explore::runtime::Place;
use parts::{Entry, Leave, Progress};

/// Runs something once in a run of the program. In a `static` it is new in every run.
pub struct Once(parts::Once);

// SAFETY: as for `RawMutex`.
unsafe impl Send for Once {}
// SAFETY: as for `RawMutex`.
unsafe impl Sync for Once {}

/// How far a [`Once`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnceState {
    New,
    Poisoned,
    InProgress,
    Done,
}

impl OnceState {
    #[must_use]
    pub const fn is_poisoned(self) -> bool {
        matches!(self, OnceState::Poisoned)
    }

    #[must_use]
    pub const fn poisoned(self) -> bool {
        self.is_poisoned()
    }

    #[must_use]
    pub const fn is_completed(self) -> bool {
        matches!(self, OnceState::Done)
    }

    #[must_use]
    pub const fn done(self) -> bool {
        self.is_completed()
    }
}

impl Once {
    #[track_caller]
    pub const fn new() -> Self {
        Once(parts::Once::new("Once", Location::caller()))
    }

    #[track_caller]
    pub const fn new_completed() -> Self {
        Once(parts::Once::new_done("Once", Location::caller()))
    }

    #[track_caller]
    pub fn state(&self) -> OnceState {
        match self.renewed().look(Location::caller()) {
            Progress::New => OnceState::New,
            Progress::Running => OnceState::InProgress,
            Progress::Poisoned => OnceState::Poisoned,
            Progress::Done => OnceState::Done,
        }
    }

    #[track_caller]
    pub fn is_completed(&self) -> bool {
        self.state().is_completed()
    }

    #[track_caller]
    pub fn wait(&self) {
        if !self.renewed().wait(Location::caller(), false) {
            panic!("Once instance has previously been poisoned");
        }
    }

    #[track_caller]
    pub fn wait_force(&self) {
        self.renewed().wait(Location::caller(), true);
    }

    #[track_caller]
    pub fn call_once<F: FnOnce()>(&self, f: F) {
        let place = Location::caller();
        match self.renewed().enter(place) {
            Entry::Done => {}
            Entry::Poisoned => panic!("Once instance has previously been poisoned"),
            Entry::First => self.run(place, f),
        }
    }

    #[track_caller]
    pub fn call_once_force<F: FnOnce(OnceState)>(&self, f: F) {
        let place = Location::caller();
        match self.renewed().enter(place) {
            Entry::Done => {}
            Entry::First => self.run(place, || f(OnceState::New)),
            Entry::Poisoned => {
                self.0.try_again(place);
                self.run(place, || f(OnceState::Poisoned));
            }
        }
    }

    fn renewed(&self) -> &parts::Once {
        if self.0.is_stale() {
            self.0.renew();
        }
        &self.0
    }

    fn run(&self, place: Place, f: impl FnOnce()) {
        let leave = Leave::new(&self.0, place);
        f();
        leave.done();
    }
}

impl Default for Once {
    #[track_caller]
    fn default() -> Self {
        Once::new()
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}
