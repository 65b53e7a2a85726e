//! `crossbeam::sync::WaitGroup`.

use std::cell::RefCell;
use std::fmt;
use std::panic::Location;
use std::sync::Arc;

use explore::runtime::{self, Blocked, Edge, Object, Patience, Place, Touch, Turn, Wait};
use parts::Handles;

/// A member of a group: who waits goes on when all members are gone.
pub struct WaitGroup {
    group: Arc<Group>,
    /// Nothing once it has left.
    id: Option<u32>,
}

struct Group {
    object: Object,
    members: RefCell<Handles>,
}

// SAFETY: a world runs on one operating system thread, and `Object::index`, which every operation
// goes through before it touches the cell, refuses an object that another world knows.
#[expect(unsafe_code, reason = "members belong to different threads")]
unsafe impl Send for Group {}
// SAFETY: as above.
#[expect(unsafe_code, reason = "members belong to different threads")]
unsafe impl Sync for Group {}

impl WaitGroup {
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        let place = Location::caller();
        let group = Group {
            object: Object::new("WaitGroup", place),
            members: RefCell::new(Handles::new("member")),
        };
        WaitGroup::join(&Arc::new(group), place)
    }

    fn join(group: &Arc<Group>, place: Place) -> Self {
        let id = group.members.borrow_mut().add(place);
        WaitGroup {
            group: group.clone(),
            id: Some(id),
        }
    }

    /// Leaves the group and waits until all others have left it.
    #[track_caller]
    pub fn wait(mut self) {
        let place = Location::caller();
        let group = self.group.clone();
        let turn = runtime::turn(place, &Wait::none());
        if let Some(id) = self.id.take() {
            group.leave(&turn, id);
        }
        if group.members.borrow().is_empty() {
            group.members.borrow().acquire_end();
            group.say(turn, "is the last of", ", and goes on");
            return;
        }
        group.say(turn, "waits for", "");
        let over = || group.members.borrow().is_empty();
        let blocked = || {
            let blocked = Blocked::on(&group.object, "waits for");
            match group.members.borrow().why_open() {
                Some(why) => blocked.because(why),
                None => blocked,
            }
        };
        let wait = Wait::until(&over, &blocked).patience(Patience::Settled);
        let turn = runtime::turn(place, &wait);
        group.members.borrow().acquire_end();
        turn.touch(&group.object, Touch::Saw(1), Edge::None);
        group.say(turn, "goes on: all have left", "");
    }
}

impl Group {
    fn leave(&self, turn: &Turn, id: u32) {
        let mut members = self.members.borrow_mut();
        members.remove(id);
        turn.touch(&self.object, Touch::Saw(0), Edge::None);
        let state = (members.count() as u64) ^ members.learned().rotate_left(8);
        turn.becomes(&self.object, state);
    }

    fn say(&self, turn: Turn, before: &str, after: &str) {
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("{before} {name}{after}"))
                .uses(&self.object)
        });
    }
}

impl Clone for WaitGroup {
    /// No step: nobody can tell, as this member keeps the others waiting.
    #[track_caller]
    fn clone(&self) -> Self {
        WaitGroup::join(&self.group, Location::caller())
    }
}

impl Drop for WaitGroup {
    fn drop(&mut self) {
        let group = &self.group;
        let Some(id) = self.id else { return };
        if runtime::world().is_none() || group.object.is_stale() {
            return;
        }
        // Who waits keeps the group too.
        let noticed = Arc::strong_count(group) > 1;
        let place = group.members.borrow().last_place(id);
        let turn = match place {
            Some(place) if noticed => runtime::turn_in_destructor(place, &Wait::none()),
            _ => runtime::aside(place),
        };
        group.leave(&turn, id);
        if noticed {
            let last = group.members.borrow().is_empty();
            group.say(turn, "leaves", if last { ", as the last one" } else { "" });
        }
    }
}

impl Default for WaitGroup {
    #[track_caller]
    fn default() -> Self {
        WaitGroup::new()
    }
}

impl fmt::Debug for WaitGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.group.members.borrow().count();
        f.debug_struct("WaitGroup").field("count", &count).finish()
    }
}
