//! Tasks that stay on one thread, and may share what is not `Send`.

use std::cell::RefCell;
use std::fmt;
use std::future::poll_fn;
use std::panic::Location;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use explore::runtime::{LaneId, Place, finished, task};

use super::join::start;
use super::{JoinHandle, Shared};

/// A set of tasks that stay on the thread of whoever drives it. They run while somebody waits for
/// the set, or in its [`LocalSet::run_until`].
pub struct LocalSet {
    state: Rc<State>,
}

struct State {
    tasks: RefCell<Vec<LaneId>>,
    /// How many drive it.
    drivers: RefCell<u32>,
    /// The tasks that wait for somebody to drive it.
    parked: RefCell<Vec<Waker>>,
    /// Who waits for all tasks to end.
    waiting: RefCell<Option<Waker>>,
}

crate::task_local! {
    /// The set that the current task belongs to, or drives.
    static CURRENT: Rc<State>;
}

#[track_caller]
pub fn spawn_local<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    start_here(Location::caller(), future, Shared::new(None))
}

/// Starts a task in the current set.
#[track_caller]
pub(super) fn start_here<F>(
    place: Place,
    future: F,
    shared: Arc<Shared<F::Output>>,
) -> JoinHandle<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    let state = CURRENT.try_get().expect(
        "`spawn_local` called from outside of a `task::LocalSet` or `runtime::LocalRuntime`",
    );
    state.start(place, future, shared)
}

impl LocalSet {
    pub fn new() -> LocalSet {
        LocalSet {
            state: Rc::new(State {
                tasks: RefCell::default(),
                drivers: RefCell::new(0),
                parked: RefCell::default(),
                waiting: RefCell::default(),
            }),
        }
    }

    #[track_caller]
    pub fn spawn_local<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        self.start(Location::caller(), future, Shared::new(None))
    }

    pub(super) fn start<F>(
        &self,
        place: Place,
        future: F,
        shared: Arc<Shared<F::Output>>,
    ) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        self.state.start(place, future, shared)
    }

    /// Runs the tasks of the set until `future` is ready.
    pub async fn run_until<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        let drive = Drive::new(&self.state);
        let state = &self.state;
        CURRENT
            .scope(
                state.clone(),
                poll_fn(move |cx| drive.poll(|| future.as_mut().poll(cx))),
            )
            .await
    }
}

impl State {
    fn start<F>(
        self: &Rc<Self>,
        place: Place,
        future: F,
        shared: Arc<Shared<F::Output>>,
    ) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        // What local tasks share, the explorer cannot see.
        task::share_unseen();
        let state = self.clone();
        let local = async move {
            let mut future = pin!(future);
            let own = state.clone();
            let output = CURRENT
                .scope(
                    own,
                    poll_fn(|cx| {
                        if *state.drivers.borrow() == 0 {
                            state.parked.borrow_mut().push(cx.waker().clone());
                            return Poll::Pending;
                        }
                        task::stay(|| future.as_mut().poll(cx))
                    }),
                )
                .await;
            Over(state.clone());
            output
        };
        let handle = start(place, local, shared);
        self.tasks.borrow_mut().push(handle.lane());
        handle
    }
}

/// A local task is over.
struct Over(Rc<State>);

impl Drop for Over {
    fn drop(&mut self) {
        if let Some(waker) = self.0.waiting.borrow_mut().take() {
            waker.wake();
        }
    }
}

/// Somebody drives the set.
struct Drive(Rc<State>);

impl Drive {
    fn new(state: &Rc<State>) -> Self {
        *state.drivers.borrow_mut() += 1;
        for waker in state.parked.take() {
            waker.wake();
        }
        Drive(state.clone())
    }

    fn poll<T>(&self, poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
        task::stay(poll)
    }
}

impl Drop for Drive {
    fn drop(&mut self) {
        *self.0.drivers.borrow_mut() -= 1;
    }
}

impl Future for LocalSet {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let state = &self.state;
        if *state.drivers.borrow() == 0 {
            // It is driven from here on; who awaits a set does not stop in the middle.
            std::mem::forget(Drive::new(state));
        }
        let all_over = state.tasks.borrow().iter().all(|&lane| finished(lane));
        if all_over {
            return Poll::Ready(());
        }
        *state.waiting.borrow_mut() = Some(cx.waker().clone());
        Poll::Pending
    }
}

impl Default for LocalSet {
    fn default() -> LocalSet {
        LocalSet::new()
    }
}

impl Drop for LocalSet {
    fn drop(&mut self) {
        if explore::runtime::world().is_some() {
            for &lane in self.state.tasks.borrow().iter() {
                if !finished(lane) {
                    task::abort(lane);
                }
            }
        }
    }
}

impl fmt::Debug for LocalSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalSet").finish()
    }
}
