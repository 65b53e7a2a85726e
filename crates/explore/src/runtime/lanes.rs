//! Threads and tasks as stand-ins see them: how one begins, ends and panics.

use std::any::{Any, TypeId};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use super::{LaneId, Place, here};
use crate::world::{World, digest};

/// The lane that runs now.
///
/// # Panics
/// Outside a world.
pub fn lane() -> LaneId {
    here().current.get()
}

/// The name of a lane.
pub fn lane_name(lane: LaneId) -> String {
    here().lanes.borrow()[lane].name.clone()
}

/// The one `T` that belongs to a lane; made when it is first asked for.
///
/// # Panics
/// Outside a world.
pub fn belonging<T: Any>(lane: LaneId, make: impl FnOnce() -> T) -> Rc<T> {
    let world = here();
    let found = world.lanes.borrow()[lane]
        .things
        .get(&TypeId::of::<T>())
        .cloned();
    let thing = found.unwrap_or_else(|| {
        let thing: Rc<dyn Any> = Rc::new(make());
        let things = &mut world.lanes.borrow_mut()[lane].things;
        things.insert(TypeId::of::<T>(), thing.clone());
        thing
    });
    thing.downcast().expect("stored under its type")
}

/// Starts a thread. It runs at once up to its first visible operation, which is as good as later,
/// since nobody can tell.
///
/// # Panics
/// Outside a world.
pub fn spawn(place: Place, name: Option<String>, body: Box<dyn FnOnce()>) -> LaneId {
    let world = here();
    let lane = world.add_lane(name, Some(place));
    super::aside(Some(place)).say(|note| {
        let name = lane_name(lane);
        note.what(format!("spawns {name}")).spawns(lane)
    });
    world.scheduler.clone().spawn(&world, lane, body);
    lane
}

/// Whether a lane is over.
pub fn finished(lane: LaneId) -> bool {
    here().lanes.borrow()[lane].done
}

/// The current lane has seen the end of another: all that one did happens before what comes.
pub fn joined(other: LaneId) {
    let world = here();
    let (view, end) = {
        let lanes = world.lanes.borrow();
        (lanes[other].view.clone(), lanes[other].digest)
    };
    world.lane(|lane| {
        lane.view.join(&view);
        lane.digest = digest(&(lane.digest, end, 'j'));
    });
}

/// Somebody took note of how a lane ended.
pub fn panic_seen(lane: LaneId) {
    here().lanes.borrow_mut()[lane].panic_seen = true;
}

/// Runs the whole of a lane: a panic ends it without unwinding further.
///
/// # Errors
/// With the payload of the panic.
pub fn contain<R>(body: impl FnOnce() -> R) -> std::thread::Result<R> {
    let result = catch_unwind(AssertUnwindSafe(body));
    here().lane(|lane| {
        lane.panicking = false;
        if result.is_err() {
            lane.panic
                .get_or_insert_with(|| "a panic that was passed on".to_owned());
        }
    });
    result
}

/// Whether a panic unwinds the current lane.
pub fn panicking() -> bool {
    World::current().map_or_else(std::thread::panicking, |world| {
        world.lane(|lane| lane.panicking)
    })
}

/// A panic begins to unwind the current lane without being reported: `resume_unwind`.
pub fn unwinding() {
    if let Some(world) = World::current() {
        world.lane(|lane| lane.panicking = true);
    }
}

/// The panic that unwound the current lane has been caught within it.
pub fn caught() {
    if let Some(world) = World::current() {
        world.lane(|lane| {
            lane.panicking = false;
            lane.panic = None;
        });
    }
}
