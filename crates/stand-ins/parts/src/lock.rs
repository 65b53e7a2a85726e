//! Mutual exclusion.

use std::cell::Cell;
use std::time::Duration;

use explore::runtime::{self, Blocked, Edge, LaneId, Object, Patience, Place, Touch, Wait, Woke};

/// Who holds a mutual exclusion lock. Any lane that waits may be the next to get it.
#[derive(Debug)]
pub struct Lock {
    object: Object,
    owner: Cell<Option<LaneId>>,
}

impl Lock {
    /// A free lock of the type that readers know as `kind`.
    pub const fn new(kind: &'static str, made: Place) -> Self {
        Lock {
            object: Object::new(kind, made),
            owner: Cell::new(None),
        }
    }

    /// What the explorer knows it by.
    pub fn object(&self) -> &Object {
        &self.object
    }

    /// Takes the lock; waits until it is free.
    pub fn lock(&self, place: Place) {
        self.lock_before(place, None);
    }

    /// Takes the lock; waits until it is free or the virtual clock shows `deadline`. Whether it
    /// was taken.
    pub fn lock_before(&self, place: Place, deadline: Option<Duration>) -> bool {
        self.object.claim();
        let free = || self.is_free();
        let blocked = || Blocked::on(&self.object, "waits for lock");
        let wait = Wait::until(&free, &blocked)
            .patience(deadline.map_or(Patience::Endless, Patience::Until));
        let turn = runtime::turn(place, &wait);
        if turn.woke() == Woke::TimedOut {
            turn.touch(&self.object, Touch::Read, Edge::None);
            turn.say(|note| {
                let name = note.name(&self.object);
                note.what(format!("gives up waiting for lock {name}"))
                    .uses(&self.object)
            });
            return false;
        }
        self.take(&turn);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("locks {name}")).holds(&self.object)
        });
        true
    }

    /// Takes the lock if it is free. Whether it was.
    pub fn try_lock(&self, place: Place) -> bool {
        self.object.claim();
        let turn = runtime::look(place);
        let free = self.is_free();
        if free {
            self.take(&turn);
            turn.say(|note| {
                let name = note.name(&self.object);
                note.what(format!("locks {name}")).holds(&self.object)
            });
        } else {
            turn.touch(&self.object, Touch::Read, Edge::None);
            runtime::looked(place, 0);
            turn.say(|note| {
                let name = note.name(&self.object);
                note.what(format!("tries to lock {name}: it is held"))
                    .uses(&self.object)
            });
        }
        free
    }

    /// Gives the lock back, whichever lane took it.
    pub fn unlock(&self, place: Place) {
        let turn = runtime::turn_in_destructor(place, &Wait::none());
        self.free(&turn);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("unlocks {name}")).frees(&self.object)
        });
    }

    /// Looks whether somebody holds the lock.
    pub fn is_locked(&self, place: Place) -> bool {
        self.object.claim();
        let turn = runtime::look(place);
        let held = !self.is_free();
        turn.touch(&self.object, Touch::Read, Edge::None);
        runtime::looked(place, held.into());
        turn.say(|note| {
            let name = note.name(&self.object);
            let state = if held { "held" } else { "free" };
            note.what(format!("sees that {name} is {state}"))
                .uses(&self.object)
        });
        held
    }

    /// Whether nobody holds the lock. For a condition to wait for: the caller's lane learns
    /// nothing from it.
    pub fn is_free(&self) -> bool {
        self.owner.get().is_none()
    }

    /// Takes the lock as a part of a step that says more.
    pub(crate) fn take(&self, turn: &runtime::Turn) {
        self.owner.set(Some(turn.lane()));
        turn.touch(&self.object, Touch::Write, Edge::Acquire);
    }

    /// Gives the lock back as a part of a step that says more.
    pub(crate) fn free(&self, turn: &runtime::Turn) {
        self.owner.set(None);
        turn.touch(&self.object, Touch::Write, Edge::Release);
    }
}
