//! Names the state that a run is in.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::runtime::Runtime;
use super::task::Held;
use crate::runtime::LaneId;
use crate::world::{World, digest};

impl Runtime {
    /// A name for the state of a run at a decision, in the middle of a poll of `polled` or
    /// between two polls; nothing where it cannot be named.
    pub(super) fn state(&self, world: &World, polled: Option<LaneId>) -> Option<u64> {
        self.merging.get().then(|| {
            let identities: Vec<u64> = world.lanes.borrow().iter().map(|l| l.identity).collect();
            let of = |lanes: &[LaneId]| -> Vec<u64> {
                lanes.iter().map(|&lane| identities[lane]).collect()
            };
            let mut hasher = DefaultHasher::new();
            polled.map(|lane| identities[lane]).hash(&mut hasher);
            // How many polls the runtime has made in a row is left out: it matters after 61.
            let (options, deferred, woken, main_first) = self.ready.snapshot();
            (of(&options), of(&deferred), main_first).hash(&mut hasher);
            let sum = of(&woken).into_iter().fold(0, u64::wrapping_add);
            sum.hash(&mut hasher);
            self.timers
                .borrow()
                .hash(|lane| identities[lane], &mut hasher);
            let tasks =
                self.tasks
                    .borrow()
                    .iter()
                    .zip(&identities)
                    .fold(0_u64, |sum, (task, identity)| {
                        let held = match task.held {
                            None => 0,
                            Some(Held::Ready) => 1,
                            Some(Held::Waiting(_)) => 2,
                        };
                        let part = (identity, task.aborted, task.worker.is_some(), held);
                        sum.wrapping_add(digest(&part))
                    });
            tasks.hash(&mut hasher);
            world.state(hasher.finish())
        })
    }
}
