//! Permits to come in, which both locks are built from, as in tokio: a mutex has one, a
//! read-write lock as many as there may be readers, and who writes takes all of them.

use std::fmt;
use std::sync::Arc;

use explore::runtime::task::{self, Await};
use explore::runtime::{self, Edge, Object, Place, Touch, Wait};
use real::sync::Semaphore;

use crate::leaf::leaf;

/// What stands in front of some data.
#[derive(Debug)]
pub(crate) struct Gate {
    object: Object,
    permits: Semaphore,
}

/// How one comes in: how many permits it takes, and what a reader is told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    pub permits: u32,
    /// `locks`
    pub verb: &'static str,
    /// `waits for lock`
    pub waits: &'static str,
    /// `unlocks`
    pub leaves: &'static str,
}

/// Whoever has come in, until it is dropped.
#[derive(Debug)]
pub(crate) struct Share<O: AsGate> {
    owner: O,
    manner: Manner,
    place: Place,
}

/// What leads to a gate: a borrow, or an `Arc` of the lock.
pub(crate) trait AsGate {
    fn gate(&self) -> &Gate;
}

impl AsGate for &Gate {
    fn gate(&self) -> &Gate {
        self
    }
}

impl<L: AsGate + ?Sized> AsGate for Arc<L> {
    fn gate(&self) -> &Gate {
        (**self).gate()
    }
}

impl Gate {
    pub const fn new(kind: &'static str, made: Place, permits: usize) -> Self {
        Gate {
            object: Object::new(kind, made),
            permits: Semaphore::const_new(permits),
        }
    }

    /// Waits to come in.
    pub async fn enter(&self, place: Place, manner: Manner) {
        let wait = Await::on(place, &self.object, manner.waits);
        let (permit, turn) = leaf(wait, self.permits.acquire_many(manner.permits)).await;
        // Nobody closes the semaphore of a lock.
        permit.expect("a lock is never closed").forget();
        self.entered(turn, manner);
    }

    /// Comes in if that is possible at once.
    pub fn try_enter(&self, place: Place, manner: Manner) -> bool {
        let turn = runtime::look(place);
        match self.permits.try_acquire_many(manner.permits) {
            Ok(permit) => {
                permit.forget();
                turn.touch(&self.object, Touch::Write, Edge::None);
                self.entered(turn, manner);
                true
            }
            Err(_) => {
                turn.touch(&self.object, Touch::Read, Edge::None);
                runtime::looked(place, 0);
                turn.say(|note| {
                    let name = note.name(&self.object);
                    note.what(format!("tries to lock {name}: it is held"))
                        .uses(&self.object)
                });
                false
            }
        }
    }

    /// Blocks the thread until it can come in. A task may not.
    pub fn enter_blocking(&self, place: Place, manner: Manner) {
        task::block_on(
            place,
            "blocks its thread for a lock",
            self.enter(place, manner),
        );
    }

    /// The lock is made known to the explorer with its first use; a borrow for `mut` needs none.
    pub fn is_free(&self, permits: usize) -> bool {
        self.permits.available_permits() == permits
    }

    fn entered(&self, turn: runtime::Turn, manner: Manner) {
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("{} {name}", manner.verb))
                .holds(&self.object)
        });
    }
}

impl<O: AsGate> Share<O> {
    /// For whoever has come in.
    pub fn new(owner: O, manner: Manner, place: Place) -> Self {
        Share {
            owner,
            manner,
            place,
        }
    }

    pub fn owner(&self) -> &O {
        &self.owner
    }

    /// Stays in with fewer permits.
    pub fn keep(&mut self, manner: Manner, what: &str) {
        let Gate { object, permits } = self.owner.gate();
        let turn = runtime::turn(self.place, &Wait::none());
        permits.add_permits((self.manner.permits - manner.permits) as usize);
        turn.touch(object, Touch::Write, Edge::None);
        turn.say(|note| {
            let name = note.name(object);
            note.what(format!("{what} {name}")).uses(object)
        });
        self.manner = manner;
    }
}

impl<O: AsGate> Drop for Share<O> {
    fn drop(&mut self) {
        let Gate { object, permits } = self.owner.gate();
        if runtime::world().is_none() {
            return;
        }
        let turn = runtime::turn_in_destructor(self.place, &Wait::none());
        permits.add_permits(self.manner.permits as usize);
        turn.touch(object, Touch::Write, Edge::None);
        turn.say(|note| {
            let name = note.name(object);
            note.what(format!("{} {name}", self.manner.leaves))
                .frees(object)
        });
    }
}

/// Shows a lock as tokio does.
pub(crate) fn show_lock<T: ?Sized + fmt::Debug>(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    data: Option<&T>,
) -> fmt::Result {
    let mut show = f.debug_struct(name);
    match data {
        Some(data) => show.field("data", &data),
        None => show.field("data", &format_args!("<locked>")),
    };
    show.finish()
}
