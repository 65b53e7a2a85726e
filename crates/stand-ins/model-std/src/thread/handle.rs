//! Threads that are spawned and joined.

use real::cell::Cell;
use real::fmt;
use real::panic::Location;
use real::rc::Rc;

use explore::runtime::{self, Blocked, Edge, LaneId, Patience, Place, Touch, Wait};

use super::Thread;

/// The right to wait for a thread.
pub struct JoinHandle<T> {
    thread: Thread,
    result: Rc<Cell<Option<super::Result<T>>>>,
}

// SAFETY: all threads of a world are carried by one operating system thread.
unsafe impl<T> Send for JoinHandle<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for JoinHandle<T> {}

#[track_caller]
pub fn spawn<F, T>(f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    // SAFETY: nothing that lives for ever can be outlived.
    unsafe { start(Location::caller(), None, f, |_| ()) }
}

/// Starts a thread; `ended` is told how it ended, on that thread.
///
/// # Safety
/// The thread ends, or the run with all its lanes is given up, before `'a` is over.
pub(super) unsafe fn start<'a, F, T>(
    place: Place,
    name: Option<String>,
    f: F,
    ended: impl FnOnce(&super::Result<T>) + 'a,
) -> JoinHandle<T>
where
    F: FnOnce() -> T + 'a,
    T: 'a,
{
    let result = Rc::new(Cell::new(None));
    let slot = result.clone();
    let own_name = name.clone();
    let body: Box<dyn FnOnce() + 'a> = Box::new(move || {
        Thread::begin(own_name, place);
        let result = runtime::contain(f);
        ended(&result);
        slot.set(Some(result));
    });
    // SAFETY: only the lifetime changes. A lane that is over has dropped its body, and one that
    // is given up is never resumed; the caller promises that one of them happens within 'a.
    let body: Box<dyn FnOnce()> = unsafe { real::mem::transmute(body) };
    let lane = runtime::spawn(place, name, body);
    let thread = Thread::of(lane);
    JoinHandle { thread, result }
}

impl<T> JoinHandle<T> {
    #[track_caller]
    pub fn join(self) -> super::Result<T> {
        let lane = self.thread.lane();
        wait_for(&[lane], Location::caller());
        self.result
            .take()
            .expect("a thread that is over has a result")
    }

    pub fn thread(&self) -> &Thread {
        &self.thread
    }

    #[track_caller]
    pub fn is_finished(&self) -> bool {
        let (place, lane) = (Location::caller(), self.thread.lane());
        let turn = runtime::look(place);
        let over = runtime::finished(lane);
        turn.touch(self.thread.object(), Touch::Saw(over.into()), Edge::None);
        runtime::looked(place, over.into());
        turn.say(|note| {
            let name = runtime::lane_name(lane);
            let state = if over { "has ended" } else { "is running" };
            note.what(format!("sees that {name} {state}"))
        });
        over
    }
}

/// Waits until all of these lanes are over, and takes note of how they ended.
pub(super) fn wait_for(lanes: &[LaneId], place: Place) {
    let left = || lanes.iter().copied().find(|&lane| !runtime::finished(lane));
    let over = || left().is_none();
    let blocked = || {
        let lane = left().unwrap_or(lanes[0]);
        let name = runtime::lane_name(lane);
        Blocked::by(lane, format!("waits for {name} to end"))
    };
    let wait = Wait::until(&over, &blocked).patience(Patience::Settled);
    let turn = runtime::turn(place, &wait);
    for &lane in lanes {
        runtime::joined(lane);
        runtime::panic_seen(lane);
    }
    turn.say(|note| {
        let names: Vec<String> = lanes.iter().copied().map(runtime::lane_name).collect();
        note.what(format!("joins {}", names.join(" and ")))
    });
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}
