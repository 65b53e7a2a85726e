//! What the stand-ins for async crates are built from.
//!
//! An async crate has few futures of its own at the bottom of all others: a lock, a message, a
//! timer. Such a *leaf* goes through an [`Await`]: it is where tasks change places, where a
//! budget ends, and what a task that never goes on is said to wait for.

use std::hash::Hash;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker, ready};
use std::time::Duration;

pub use super::branches::Branches;
use super::{Blocked, Edge, LaneId, Object, Place, Touch, Turn, Wait, aside, here, lane_name};
use crate::source::Spot;
pub use crate::tasks::Job;
use crate::tasks::{Key, NotedAwait, Runtime, rounded};
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

/// The current lane has learned something that is not in the state of any [`Object`].
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

/// Blocks the current lane until `future` is ready. A task may not.
pub fn block_on<F: Future>(place: Place, what: &str, future: F) -> F::Output {
    if !may_block() {
        block(place, what);
    }
    let mut future = pin!(future);
    let alarm = Arc::new(Alarm::default());
    let waker = Waker::from(alarm.clone());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        let rings = || alarm.0.load(Ordering::Relaxed);
        let blocked = || Blocked::plain(what);
        // The turn is taken for the next poll, which says what it finds.
        let _ = super::turn(place, &Wait::until(&rings, &blocked));
        alarm.0.store(false, Ordering::Relaxed);
    }
}

/// Wakes a lane that blocks on a future.
#[derive(Default)]
struct Alarm(AtomicBool);

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// One `.await` of a future that the runtime knows.
#[derive(Debug)]
pub struct Await<'a> {
    place: Place,
    /// Whether a reader is shown the line that awaits it instead of `place`.
    at_the_caller: bool,
    on: On<'a>,
    what: &'static str,
    /// Whether being ready changes nothing for others.
    only_reads: bool,
    progress: Progress,
    /// Where it is written down that a lane waits for this.
    noted: Option<NotedAwait>,
}

#[derive(Clone, Debug)]
enum On<'a> {
    Object(&'a Object),
    Shared(Arc<Object>),
    Lane(LaneId),
    Nothing,
}

impl On<'_> {
    fn object(&self) -> Option<&Object> {
        match self {
            On::Object(object) => Some(object),
            On::Shared(object) => Some(object),
            On::Lane(_) | On::Nothing => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// Not polled yet.
    New,
    /// Polled, and not pending so far.
    Begun,
    /// Pending: it may stand in a queue of the object.
    Waits,
    Over,
}

impl<'a> Await<'a> {
    /// Waits at `place` for an object. `what` is a clause that its name completes:
    /// `waits for lock`.
    pub fn on(place: Place, object: &'a Object, what: &'static str) -> Self {
        Await::new(place, On::Object(object), what)
    }

    /// Like [`Await::on`], for a future that outlives a borrow.
    pub fn on_shared(place: Place, object: Arc<Object>, what: &'static str) -> Self {
        Await::new(place, On::Shared(object), what)
    }

    /// Waits for the end of a lane.
    pub fn by(place: Place, lane: LaneId) -> Self {
        Await::new(place, On::Lane(lane), "")
    }

    /// Waits for something without a name: `what` is a whole clause, such as `sleeps`.
    pub fn plain(place: Place, what: &'static str) -> Self {
        Await::new(place, On::Nothing, what)
    }

    fn new(place: Place, on: On<'a>, what: &'static str) -> Self {
        Await {
            place,
            at_the_caller: false,
            on,
            what,
            only_reads: false,
            progress: Progress::New,
            noted: None,
        }
    }

    /// For a future that is made in one place and awaited in another: a reader is shown the line
    /// that awaits it. The place stands in where that cannot be told.
    #[must_use]
    pub fn at_the_caller(mut self) -> Self {
        self.at_the_caller = true;
        self
    }

    /// For a future that changes nothing for others when it is ready.
    #[must_use]
    pub fn that_only_reads(mut self) -> Self {
        self.only_reads = true;
        self
    }

    /// Makes it as good as new, for a future that can be ready more than once.
    pub fn renew(&mut self) {
        self.progress = Progress::New;
    }

    /// The line of the program.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Whether no poll has found it pending so far.
    pub fn is_new(&self) -> bool {
        matches!(self.progress, Progress::New | Progress::Begun)
    }

    /// To be called at the beginning of each poll. Others may go first; a task that has had its
    /// share of this poll yields, as in tokio.
    pub fn begin(&mut self) -> Poll<()> {
        with(|world, runtime| {
            runtime.count_operation(world, self.place, false);
            ready!(budget());
            if self.progress == Progress::New {
                self.progress = Progress::Begun;
                runtime.point(world);
            }
            Poll::Ready(())
        })
    }

    /// Like [`Await::begin`], for what nobody can notice whether others go first.
    pub fn begin_alone(&mut self) -> Poll<()> {
        if self.progress == Progress::New {
            self.progress = Progress::Begun;
        }
        self.begin()
    }

    /// The poll found it pending.
    pub fn pending(&mut self) {
        with(|world, runtime| {
            if let Some(object) = self.on.object() {
                let touch = match self.progress {
                    Progress::Waits => Touch::Read,
                    _ => Touch::Write,
                };
                aside(None).touch(object, touch, Edge::None);
            }
            self.progress = Progress::Waits;
            if world.recorder.is_some() {
                let blocked = match (self.on.object(), &self.on) {
                    (Some(object), _) => Blocked::on(object, self.what),
                    (None, &On::Lane(lane)) => {
                        Blocked::by(lane, format!("waits for {} to end", lane_name(lane)))
                    }
                    (None, _) => Blocked::plain(self.what),
                };
                let caller = self.at_the_caller.then(Spot::of_destructor).flatten();
                let spot = caller.unwrap_or_else(|| Spot::of(self.place));
                self.noted = Some(runtime.note_await(world, spot, blocked));
            }
        });
    }

    /// The poll found it ready: the turn is for what comes of it.
    pub fn ready(&mut self) -> Turn {
        with(|world, runtime| {
            runtime.spend(world.current.get());
            world.count_step();
        });
        let turn = Turn {
            in_destructor: self.at_the_caller,
            ..aside(Some(self.place))
        };
        if let Some(object) = self.on.object() {
            let touch = match self.only_reads {
                true => Touch::Read,
                false => Touch::Write,
            };
            turn.touch(object, touch, Edge::None);
        }
        self.progress = Progress::Over;
        turn
    }
}

impl Drop for Await<'_> {
    fn drop(&mut self) {
        // Whoever gives up no longer waits for this.
        if let Some(noted) = self.noted.take()
            && World::current().is_some()
        {
            with(|_, runtime| runtime.forget_await(noted));
        }
        // One that was pending leaves a queue, and what it had been given goes to the next.
        if self.progress == Progress::Waits
            && World::current().is_some()
            && let Some(object) = self.on.object()
        {
            aside(None).touch(object, Touch::Write, Edge::None);
        }
    }
}

/// A turn for a visible operation of a task that does not wait. What it does can be noticed only
/// by tasks, which come to their turn later.
pub fn step(place: Place) -> Turn {
    super::turn(place, &Wait::none())
}

/// A timer of the runtime. It counts whole milliseconds and never ends early.
#[derive(Debug)]
pub struct Timer {
    deadline: Duration,
    key: Option<Key>,
}

impl Timer {
    /// A timer that ends at `deadline`, by the clock of [`now`](super::now).
    pub fn new(deadline: Duration) -> Self {
        Timer {
            deadline,
            key: None,
        }
    }

    /// When it ends.
    pub fn deadline(&self) -> Duration {
        self.deadline
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        let over = super::clock() >= rounded(self.deadline);
        observe(over);
        over
    }

    /// Asks for another end.
    pub fn reset(&mut self, deadline: Duration) {
        self.stop();
        self.deadline = deadline;
    }

    /// Whether it is over. If not, the current task is woken at the end.
    pub fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.is_over() {
            self.stop();
            return Poll::Ready(());
        }
        with(|world, runtime| {
            let (lane, mut timers) = (world.current.get(), runtime.timers());
            match self.key {
                Some(key) => timers.renew(key, lane, cx.waker()),
                None => {
                    let end = rounded(self.deadline);
                    self.key = Some(timers.start(end, lane, cx.waker().clone()));
                }
            }
        });
        Poll::Pending
    }

    fn stop(&mut self) {
        if let Some(key) = self.key.take()
            && let Some(world) = World::current()
            && let Some(runtime) = world.scheduler.clone().runtime()
        {
            runtime.timers().stop(key);
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.stop();
    }
}
