//! Notices a lane that looks at the same thing again and again.
//!
//! A loop such as `while !ready.load(Acquire) {}` ends only if another lane gets to run, and a
//! real scheduler sees to that. So a lane that has looked at the same place twice, found the same
//! each time and changed nothing in between gives way before its next look.

use std::collections::HashMap;
use std::panic::Location;

use super::{Place, Wait, here};
use crate::world::World;

/// So many equal looks are a loop.
const LOOKS: u32 = 2;

/// What one lane has looked at since something last changed for it.
#[derive(Debug, Default)]
pub(crate) struct Looks(HashMap<*const Location<'static>, (u64, u32)>);

/// How to wait before a look at `place`: not at all, unless the lane is going round in circles.
pub fn wait(place: Place) -> Wait<'static> {
    if in_circles(place) {
        Wait::giving_way()
    } else {
        Wait::none()
    }
}

/// Whether the lane has looked at `place` again and again and found the same.
pub fn in_circles(place: Place) -> bool {
    here().lane(|lane| {
        let looks = lane.looks.0.get(&std::ptr::from_ref(place));
        looks.is_some_and(|(_, times)| *times >= LOOKS)
    })
}

/// The lane has looked at `place` and found `what`, as a hash.
pub fn looked(world: &World, place: Place, what: u64) {
    world.lane(|lane| {
        let looks = &mut lane.looks.0;
        match looks.get_mut(&std::ptr::from_ref(place)) {
            Some((found, times)) if *found == what => *times += 1,
            Some(_) => {
                looks.clear();
                looks.insert(place, (what, 1));
            }
            None => {
                looks.insert(place, (what, 1));
            }
        }
    });
}

/// The lane has changed something that others can see.
pub(crate) fn changed(world: &World) {
    world.lane(|lane| lane.looks.0.clear());
    world.changes.set(world.changes.get() + 1);
}
