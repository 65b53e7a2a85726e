//! Threads that are spawned and joined.

use real::cell::Cell;
use real::panic::Location;
use real::rc::Rc;

use explore::runtime::{self, Blocked, LaneId, Patience, Place, Wait};

/// The right to wait for a thread.
pub struct JoinHandle<T> {
    lane: LaneId,
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
    start(Location::caller(), None, f)
}

pub(super) fn start<F, T>(place: Place, name: Option<String>, f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + 'static,
    T: 'static,
{
    let result = Rc::new(Cell::new(None));
    let slot = result.clone();
    let body = Box::new(move || slot.set(Some(runtime::contain(f))));
    let lane = runtime::spawn(place, name, body);
    JoinHandle { lane, result }
}

impl<T> JoinHandle<T> {
    #[track_caller]
    pub fn join(self) -> super::Result<T> {
        let lane = self.lane;
        let over = || runtime::finished(lane);
        let blocked = || {
            Blocked::by(
                lane,
                format!("waits for {} to end", runtime::lane_name(lane)),
            )
        };
        let turn = runtime::turn(
            Location::caller(),
            &Wait::until(&over, &blocked).patience(Patience::Settled),
        );
        runtime::joined(lane);
        runtime::panic_seen(lane);
        turn.say(|note| note.what(format!("joins {}", runtime::lane_name(lane))));
        self.result
            .take()
            .expect("a thread that is over has a result")
    }
}
