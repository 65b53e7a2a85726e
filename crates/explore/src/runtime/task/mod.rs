//! What the stand-ins for async crates are built from.
//!
//! An async crate has few futures of its own at the bottom of all others: a lock, a message, a
//! timer. Such a *leaf* goes through an [`Await`]: it is where tasks change places, where a
//! budget ends, and what a task that never goes on is said to wait for.

mod blocking;
mod branches;
mod leaf;
mod timer;

use std::hash::Hash;
use std::task::Poll;

pub use self::blocking::block_on;
pub use self::branches::Branches;
pub use self::leaf::{Await, Explain};
pub use self::timer::Timer;
use super::{Blocked, LaneId, Place, Turn, Wait, aside, here, lane_name};
use crate::tasks::Runtime;
pub use crate::tasks::{Job, Part};
use crate::verdict::FailureKind;
use crate::world::{World, digest};

fn with<R>(f: impl FnOnce(&World, &Runtime) -> R) -> R {
    let world = here();
    match world.scheduler.clone().runtime() {
        Some(runtime) => f(&world, runtime),
        None => world.fail(
            FailureKind::NotGradable,
            "async code runs among threads: the grader follows it only among tasks".to_owned(),
        ),
    }
}

/// Starts a task, at once or later.
///
/// # Panics
/// Outside a world.
pub fn spawn(place: Place, job: Box<dyn Job>) -> LaneId {
    start(place, job, false)
}

/// Starts a thread for blocking work, as a task whose one poll may block. It is not interrupted
/// but where it blocks.
///
/// # Panics
/// Outside a world.
pub fn spawn_blocking(place: Place, job: Box<dyn Job>) -> LaneId {
    start(place, job, true)
}

fn start(place: Place, job: Box<dyn Job>, is_thread: bool) -> LaneId {
    with(|world, runtime| {
        let lane = world.add_lane(None, Some(place));
        aside(Some(place)).say(|note| {
            let thread = if is_thread { ", a thread" } else { "" };
            note.what(format!("spawns {}{thread}", lane_name(lane)))
                .spawns(lane)
        });
        runtime.spawn(world, lane, job, is_thread);
        lane
    })
}

/// From here on lanes share what the explorer does not see, such as a `RefCell`: it takes no two
/// states for one.
pub fn share_unseen() {
    with(|_, runtime| runtime.forget_states());
}

/// Does something in the middle of which no other task runs, since the current task shares its
/// thread with those it could meet.
pub fn stay<R>(f: impl FnOnce() -> R) -> R {
    let before = with(|world, runtime| runtime.stay(world.current.get(), true));
    let result = f();
    with(|world, runtime| runtime.stay(world.current.get(), before));
    result
}

/// Has a task dropped when its turn comes, instead of polled. Nothing happens to one that is over.
pub fn abort(lane: LaneId) {
    with(|_, runtime| runtime.abort(lane));
}

/// Polls one of several futures of which a whole polls only those that were woken. The task is
/// said to wait for what the part waits for, also after polls in which only others were polled,
/// as long as somebody looks at the whole ([`look_at`]).
pub fn poll_part<R>(part: Part, poll: impl FnOnce() -> R) -> R {
    // Only a reader is told what a task waits for.
    if here().recorder.is_none() {
        return poll();
    }
    with(|world, runtime| runtime.poll_part(world.current.get(), part, poll))
}

/// The current task looks at a whole that may have parts.
pub fn look_at(whole: usize) {
    with(|world, runtime| runtime.look_at(world.current.get(), whole));
}

/// How many tasks are not over, without main.
pub fn alive() -> usize {
    with(|world, _| {
        let alive = {
            let lanes = world.lanes.borrow();
            lanes.iter().skip(1).filter(|lane| !lane.done).count()
        };
        observe(alive);
        alive
    })
}

/// Which run this is: no other has the same number.
pub fn run() -> u32 {
    here().epoch
}

/// The current lane has learned something that is not in the state of any [`Object`](super::Object).
pub fn observe(what: impl Hash) {
    here().lane(|lane| lane.digest = digest(&(lane.digest, what)));
}

/// Yields: the current task is polled again once those that are ready now have had their turn.
pub fn defer() {
    with(|world, runtime| runtime.ready().defer(world.current.get()));
}

/// Whether the current task may go on in this poll. If not it is polled again after the others.
pub fn budget() -> Poll<()> {
    with(|world, runtime| {
        if runtime.has_budget(world.current.get()) {
            return Poll::Ready(());
        }
        runtime.ready().defer(world.current.get());
        Poll::Pending
    })
}

/// Whether the current lane may block: it is a thread, and no task.
pub fn may_block() -> bool {
    with(|world, runtime| runtime.is_thread(world.current.get()))
}

/// The current lane blocks the thread that all tasks run on, for good: ends the run.
/// `what` is a clause without a subject: `calls block_on`.
pub fn block(place: Place, what: &str) -> ! {
    with(|world, runtime| runtime.block(world, world.current.get(), place, Blocked::plain(what)))
}

/// A turn for a visible operation of a task that does not wait. What it does can be noticed only
/// by tasks, which come to their turn later.
pub fn step(place: Place) -> Turn {
    super::turn(place, &Wait::none())
}
