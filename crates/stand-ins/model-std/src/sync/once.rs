//! `std::sync::Once`.

use real::fmt;
use real::panic::Location;

use explore::runtime::Place;
use parts::{Entry, Leave, Progress};

/// Runs something once in a run of the program. In a `static` it is new in every run.
pub struct Once(parts::Once);

// SAFETY: as for `Mutex`.
unsafe impl Send for Once {}
// SAFETY: as for `Mutex`.
unsafe impl Sync for Once {}

/// What a [`Once`] that is forced knows about the attempts before.
#[derive(Debug)]
pub struct OnceState {
    poisoned: bool,
}

impl OnceState {
    #[must_use]
    pub fn is_poisoned(&self) -> bool {
        self.poisoned
    }
}

#[expect(clippy::new_without_default, reason = "std has no such implementation")]
impl Once {
    #[track_caller]
    pub const fn new() -> Self {
        Once(parts::Once::new("Once", Location::caller()))
    }

    #[track_caller]
    pub fn call_once<F: FnOnce()>(&self, f: F) {
        let place = Location::caller();
        match self.enter(place) {
            Entry::Done => {}
            Entry::Poisoned => panic!("Once instance has previously been poisoned"),
            Entry::First => self.run(place, f),
        }
    }

    #[track_caller]
    pub fn call_once_force<F: FnOnce(&OnceState)>(&self, f: F) {
        let place = Location::caller();
        let entry = self.enter(place);
        if entry == Entry::Poisoned {
            self.0.try_again(place);
        }
        if entry != Entry::Done {
            let poisoned = entry == Entry::Poisoned;
            self.run(place, || f(&OnceState { poisoned }));
        }
    }

    #[track_caller]
    pub fn is_completed(&self) -> bool {
        self.renew();
        self.0.look(Location::caller()) == Progress::Done
    }

    #[track_caller]
    pub fn wait(&self) {
        self.renew();
        if !self.0.wait(Location::caller(), false) {
            panic!("Once instance has previously been poisoned");
        }
    }

    #[track_caller]
    pub fn wait_force(&self) {
        self.renew();
        self.0.wait(Location::caller(), true);
    }

    fn enter(&self, place: Place) -> Entry {
        self.renew();
        self.0.enter(place)
    }

    fn renew(&self) {
        if self.0.is_stale() {
            self.0.renew();
        }
    }

    fn run(&self, place: Place, f: impl FnOnce()) {
        let leave = Leave::new(&self.0, place);
        f();
        leave.done();
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}
