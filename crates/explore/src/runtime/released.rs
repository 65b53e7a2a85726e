//! What a message carries besides its value: all that its sender had done and seen by then.
//!
//! An [`Object`](super::Object) orders lanes as a lock does: who acquires it later sees what was
//! released into it before, by whomever. A channel promises less, message by message, and keeps
//! one `Released` beside each.

use super::{LaneId, Object, Turn, here, spin};
use crate::memory::View;
use crate::world::digest;

/// A moment in the life of a lane, to be acquired by another.
#[derive(Clone, Debug)]
pub struct Released {
    identity: u64,
    /// Nothing in plain interleavings, where everybody sees everything.
    view: Option<View>,
}

impl Released {
    /// The current lane, up to now.
    pub fn now() -> Self {
        let world = here();
        world.lane(|lane| Released {
            identity: lane.digest,
            view: world.memory.is_weak().then(|| lane.view.inherited()),
        })
    }

    /// Which moment of which lane this is: the same in every run in which that lane had observed
    /// the same by then.
    pub fn identity(&self) -> u64 {
        self.identity
    }

    /// What whoever acquires this learns from it alone, as a hash: nothing in plain
    /// interleavings.
    pub fn learned(&self) -> u64 {
        self.view.as_ref().map_or(0, |_| self.identity)
    }

    /// The current lane sees from here on what was seen then.
    pub fn acquire(&self) {
        if let Some(view) = &self.view {
            here().lane(|lane| {
                lane.view.join(view);
                lane.digest = digest(&(lane.digest, self.identity, 'a'));
            });
        }
    }

    /// Both moments in one, whichever came first.
    pub fn merge(&mut self, other: &Released) {
        self.identity = self.identity.wrapping_add(other.identity);
        if let (Some(mine), Some(theirs)) = (&mut self.view, &other.view) {
            mine.join(theirs);
        }
    }
}

/// Tells a lane that waits something which it would otherwise have to look at: what it observes
/// of this step, as a hash.
pub fn told(lane: LaneId, what: u64) {
    let world = here();
    let mut lanes = world.lanes.borrow_mut();
    let lane = &mut lanes[lane];
    lane.digest = digest(&(lane.digest, what, 's'));
}

impl Turn {
    /// The state of `object` is known exactly from here on, whatever led to it: `state` names it.
    /// For objects whose every change is told in this way.
    pub fn becomes(&self, object: &Object, state: u64) {
        let world = here();
        let index = object.index(&world);
        world.objects.set_digest(index, state);
        spin::changed(&world);
    }

    /// Names the state of `object`: two looks that find the same have found the same state.
    pub fn version(&self, object: &Object) -> u64 {
        let world = here();
        let index = object.index(&world);
        world.objects.digest(index)
    }
}
