//! What stand-ins are built from.
//!
//! A visible operation has two halves. [`turn`] waits until the explorer lets the lane go on and
//! the operation can be done; then the stand-in does it, tells the explorer what it touched
//! ([`Turn::touch`]) and what a reader should see ([`Turn::say`]).
//!
//! ```text
//! let free = || self.owner.get().is_none();
//! let blocked = || Blocked::on(&self.object, "waits for lock");
//! let turn = runtime::turn(place, &Wait::until(&free, &blocked));
//! self.owner.set(Some(turn.lane()));
//! turn.touch(&self.object, Touch::Write, Edge::Acquire);
//! turn.say(|note| {
//!     let name = note.name(&self.object);
//!     note.what(format!("locks {name}")).holds(&self.object)
//! });
//! ```
//!
//! Between the two calls of a lane no other lane runs: what happens between them is one step.

pub mod atomic;
mod lanes;
mod note;
pub(crate) mod object;
mod released;
pub(crate) mod spin;
pub mod task;
mod wait;

use std::panic::Location;
use std::time::Duration;

pub use lanes::{
    belonging, caught, contain, finished, joined, lane, lane_name, panic_seen, panicking, spawn,
    unwinding,
};
pub use note::Note;
pub use object::Object;
pub use released::{Released, told};
pub use wait::{Blocked, Patience, Wait, Woke, still_there};

use crate::source::Spot;
use crate::survey::Way;
pub use crate::verdict::FailureKind;
use crate::world::{World, digest};

/// A line of the program.
pub type Place = &'static Location<'static>;

/// A thread or task of this run: `main` is 0.
pub type LaneId = usize;

/// What an operation means for the object that it touches.
#[derive(Clone, Copy, Debug)]
pub enum Touch {
    /// It only looked: two looks at one object can be swapped without anybody noticing.
    Read,
    /// It changed the object, or its order among other operations matters.
    Write,
    /// It changed the object in a way that does not depend on the order among others of the same
    /// sort, as when several lanes begin and cease to read under one lock.
    Share,
    /// It observed this much and nothing else, as a hash.
    Saw(u64),
}

/// What an operation orders between lanes.
#[derive(Clone, Copy, Debug)]
pub enum Edge {
    /// Nothing.
    None,
    /// What was released into the object before happens before what this lane does next.
    Acquire,
    /// What this lane did happens before whatever acquires the object later.
    Release,
    /// Both of them.
    Both,
}

/// The right to do one operation now.
#[must_use = "a turn is taken for an operation"]
pub struct Turn {
    place: Option<Place>,
    woke: Woke,
    /// Whether a destructor takes it, which has no place of its own.
    in_destructor: bool,
}

/// Waits for the turn to do one visible operation at `place`.
///
/// # Panics
/// Outside a world: a stand-in does nothing there.
pub fn turn(place: Place, wait: &Wait<'_>) -> Turn {
    let world = here();
    world.count_step();
    let woke = world.scheduler.clone().turn(&world, place, wait);
    Turn {
        place: Some(place),
        woke,
        in_destructor: false,
    }
}

/// Like [`turn`], for a destructor: the line that a reader sees is the one at which the scope
/// ends. `place` stands in where it cannot be told, and for a lane that is stuck there.
pub fn turn_in_destructor(place: Place, wait: &Wait<'_>) -> Turn {
    Turn {
        in_destructor: true,
        ..turn(place, wait)
    }
}

/// Waits for the turn to look at something at `place` without blocking: `try_lock`, `try_recv`.
/// Say what was found with [`looked`].
pub fn look(place: Place) -> Turn {
    turn(place, &spin::wait(place))
}

/// Whether the current lane has looked at `place` again and again and found the same.
pub fn goes_in_circles(place: Place) -> bool {
    spin::in_circles(place)
}

/// The look at `place` found `what`, as a hash, and changed nothing.
pub fn looked(place: Place, what: u64) {
    spin::looked(&here(), place, what);
}

/// A turn for something that happens without waiting and that no other lane can notice before
/// the next visible operation of this one: the start of a lane, a note.
pub fn aside(place: Option<Place>) -> Turn {
    Turn {
        place,
        woke: Woke::Ready,
        in_destructor: false,
    }
}

impl Turn {
    /// The lane whose turn it is.
    pub fn lane(&self) -> LaneId {
        here().current.get()
    }

    /// What ended the wait.
    pub fn woke(&self) -> Woke {
        self.woke
    }

    /// Tells the explorer that this operation touched `object`.
    pub fn touch(&self, object: &Object, touch: Touch, edge: Edge) {
        let world = here();
        let index = object.index(&world);
        world.objects.touch(&world, index, touch, edge);
        if matches!(touch, Touch::Write | Touch::Share) {
            spin::changed(&world);
        }
    }

    /// Writes the operation down for the picture. The closure runs only when a picture is wanted.
    pub fn say<'n>(self, note: impl FnOnce(Note) -> Note + 'n) {
        let world = here();
        if let Some(recorder) = &world.recorder {
            let scope = self.in_destructor.then(Spot::of_destructor).flatten();
            let spot = scope.or_else(|| self.place.map(Spot::of));
            recorder.push(&world, spot, note(Note::new()));
        }
    }
}

/// Whether the caller runs in a world, and in which.
pub fn world() -> Option<timeline::World> {
    World::current().map(|world| world.kind)
}

/// The virtual clock: the time since the run began.
pub fn now() -> Duration {
    let world = here();
    let now = world.clock.get();
    world.lane(|lane| lane.digest = digest(&(lane.digest, now)));
    now
}

/// The virtual clock, for a condition to wait for: no lane learns anything from it.
pub fn clock() -> Duration {
    here().clock.get()
}

/// A random word that depends only on the seed of the world, on the lane, and on how many words that
/// lane has drawn before. So to draw is no step: no other lane can notice.
pub fn random() -> u64 {
    here().lane(|lane| {
        lane.drawn += 1;
        let word = digest(&(0x9e37_79b9_7f4a_7c15_u64, lane.identity, lane.drawn));
        lane.digest = digest(&(lane.digest, word, 'r'));
        word
    })
}

/// Ends the run because of something that the explorer cannot find by itself.
///
/// # Panics
/// Outside a world, with the same message.
pub fn fail(kind: FailureKind, message: impl Into<String>) -> ! {
    here().fail(kind, message.into())
}

/// A free choice: explores each of `options` at no cost, or at that of one departure for all but
/// the first.
pub fn choose(options: usize, price: u8) -> usize {
    let mut costs = vec![price; options.max(1)];
    costs[0] = 0;
    let world = here();
    let way = |option| Way {
        lane: world.current.get(),
        label: Some(format!("way {} of {options}", option + 1)),
    };
    let option = world.choose(&costs, || None, || (0..options).map(way).collect());
    world.lane(|lane| lane.digest = digest(&(lane.digest, option, 'c')));
    option
}

pub(crate) fn here() -> std::rc::Rc<World> {
    World::current().expect(
        "this type belongs to the grader and works only inside `explore::threads()` or \
         `explore::tasks()`",
    )
}
