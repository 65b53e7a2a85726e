//! A world: everything that one run of a program can see or change.
//!
//! A world lives on one operating system thread and is reached through a thread-local, because
//! the program under test calls `Mutex::lock`, not `world.lock(mutex)`.

use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::memory::{Memory, View};
use crate::recorder::{Recorder, Standing};
use crate::runtime::object::Objects;
use crate::runtime::spin::Looks;
use crate::runtime::{LaneId, Place, Wait, Woke};
use crate::search::Run;
use crate::survey::{Fork, Stand, Way};
use crate::tasks::Runtime;
use crate::verdict::{Failure, FailureKind};
use crate::words::thousands;

/// How a world hands out turns. The world of threads switches to another lane; that of tasks
/// cannot, and says so.
pub(crate) trait Scheduler {
    /// Returns when the current lane may go on with its next visible operation.
    fn turn(&self, world: &World, place: Place, wait: &Wait<'_>) -> Woke;

    /// Ends the run: does not return to the program.
    fn stop(&self, world: &World) -> !;

    /// Starts a thread that runs `body`, which must not unwind.
    fn spawn(&self, world: &World, lane: LaneId, body: Box<dyn FnOnce()>);

    /// The lanes that stand still at the end of a run, and what for.
    fn standing(&self, world: &World) -> Vec<Standing>;

    /// Where each lane stands that is not over, in the middle of a run.
    fn stands(&self, world: &World) -> Vec<Stand>;

    /// How often another lane than the one before went on.
    fn switches(&self) -> u64;

    /// The runtime, in the world that has one.
    fn runtime(&self) -> Option<&Runtime> {
        None
    }
}

/// One run of a program under one schedule.
pub(crate) struct World {
    /// Tells this run from every other, so that what survives one (a `static`) is noticed.
    pub epoch: u32,
    pub kind: timeline::World,
    pub memory: Memory,
    pub run: RefCell<Run>,
    pub recorder: Option<Recorder>,
    pub objects: Objects,
    pub lanes: RefCell<Vec<Lane>>,
    pub current: Cell<LaneId>,
    /// The virtual clock.
    pub clock: Cell<Duration>,
    /// Visible operations so far, and how many are allowed.
    pub steps: Cell<u64>,
    pub max_steps: u64,
    pub failure: RefCell<Option<Failure>>,
    /// How often anything that lanes share has changed.
    pub changes: Cell<u64>,
    pub scheduler: Rc<dyn Scheduler>,
}

/// A thread or task, as far as both worlds know it.
pub(crate) struct Lane {
    pub name: String,
    pub spawned: Option<Place>,
    /// Who this is, whatever the order of spawns: its parent, and which child it is.
    pub identity: u64,
    pub children: u32,
    /// All that it has observed. Two runs in which a lane has the same digest have it in the
    /// same place with the same local values, since it is deterministic between observations.
    pub digest: u64,
    /// What it has seen of memory.
    pub view: View,
    /// How many distinct objects it has touched.
    pub touched: u32,
    /// How many random words it has drawn.
    pub drawn: u64,
    /// What it has looked at in vain.
    pub looks: Looks,
    /// What stand-ins keep for it, by type.
    pub things: HashMap<TypeId, Rc<dyn Any>>,
    pub done: bool,
    /// Whether a panic unwinds it just now.
    pub panicking: bool,
    /// The panic that ended it, if one did.
    pub panic: Option<String>,
    /// Whether somebody took note of that panic.
    pub panic_seen: bool,
}

static EPOCHS: AtomicU32 = AtomicU32::new(1);

thread_local! {
    static CURRENT: RefCell<Option<Rc<World>>> = const { RefCell::new(None) };
}

impl World {
    /// A world without lanes.
    pub fn new(
        kind: timeline::World,
        scheduler: Rc<dyn Scheduler>,
        run: Run,
        memory: Memory,
        max_steps: u64,
        recorder: Option<Recorder>,
    ) -> Rc<Self> {
        Rc::new(World {
            epoch: EPOCHS.fetch_add(1, Ordering::Relaxed),
            kind,
            memory,
            run: RefCell::new(run),
            recorder,
            objects: Objects::default(),
            lanes: RefCell::default(),
            current: Cell::new(0),
            clock: Cell::default(),
            steps: Cell::new(0),
            max_steps,
            failure: RefCell::default(),
            changes: Cell::new(0),
            scheduler,
        })
    }

    /// Makes this the world of the calling operating system thread while `f` runs.
    pub fn enter<R>(self: &Rc<Self>, f: impl FnOnce() -> R) -> R {
        let before = CURRENT.with(|current| current.replace(Some(self.clone())));
        assert!(before.is_none(), "a world inside a world");
        let result = f();
        CURRENT.with(|current| current.take());
        result
    }

    /// The world of the calling thread.
    pub fn current() -> Option<Rc<World>> {
        // A thread that is going away has no world: its thread-locals may be gone already.
        CURRENT
            .try_with(|current| current.borrow().clone())
            .ok()
            .flatten()
    }

    /// Adds a lane below the current one, or the first.
    pub fn add_lane(&self, name: Option<String>, spawned: Option<Place>) -> LaneId {
        let mut lanes = self.lanes.borrow_mut();
        let id = lanes.len();
        let (identity, view) = match lanes.get_mut(self.current.get()) {
            Some(parent) => {
                parent.children += 1;
                let identity = digest(&(parent.identity, parent.children));
                (digest(&(identity, parent.digest)), parent.view.inherited())
            }
            None => (0, View::default()),
        };
        let standard = match id {
            0 => "main".to_owned(),
            n => format!("T{n}"),
        };
        lanes.push(Lane {
            name: name.unwrap_or(standard),
            spawned,
            identity,
            children: 0,
            digest: identity,
            view,
            touched: 0,
            drawn: 0,
            looks: Looks::default(),
            things: HashMap::new(),
            done: false,
            panicking: false,
            panic: None,
            panic_seen: false,
        });
        id
    }

    /// Changes or reads the current lane.
    pub fn lane<R>(&self, f: impl FnOnce(&mut Lane) -> R) -> R {
        f(&mut self.lanes.borrow_mut()[self.current.get()])
    }

    /// Counts a visible operation; a run with too many of them is over.
    pub fn count_step(&self) {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        if steps > self.max_steps {
            self.fail(
                FailureKind::TooLong,
                format!("not over after {} steps", thousands(self.max_steps)),
            );
        }
    }

    /// Takes one decision, between the ways that are told if somebody wants to know.
    pub fn choose(
        &self,
        costs: &[u8],
        state: impl Fn() -> Option<u64>,
        ways: impl FnOnce() -> Vec<Way>,
    ) -> usize {
        let chosen = self.run.borrow_mut().choose(costs, &state);
        match chosen {
            Ok(option) => {
                if costs.len() > 1 {
                    self.note_fork(state, ways, option);
                }
                option
            }
            Err(diverged) => self.fail(FailureKind::NotGradable, diverged.to_string()),
        }
    }

    /// Whether every decision of this run is written down.
    pub fn is_surveyed(&self) -> bool {
        let recorder = self.recorder.as_ref();
        recorder.is_some_and(|recorder| recorder.forks.is_some())
    }

    /// A decision has been taken: writes down where all stood, and the ways that there were.
    pub fn note_fork(
        &self,
        state: impl FnOnce() -> Option<u64>,
        ways: impl FnOnce() -> Vec<Way>,
        taken: usize,
    ) {
        let Some(recorder) = &self.recorder else {
            return;
        };
        let Some(forks) = &recorder.forks else { return };
        let fork = Fork {
            steps: recorder.len(),
            clock: self.clock.get(),
            state: state(),
            stands: self.scheduler.stands(self),
            ways: ways(),
            taken,
        };
        forks.borrow_mut().push(fork);
    }

    /// Notes why the run is over, without leaving it.
    pub fn note_failure(&self, kind: FailureKind, message: String) {
        let mut failure = self.failure.borrow_mut();
        failure.get_or_insert(Failure { kind, message });
    }

    /// Ends the run with a failure.
    pub fn fail(&self, kind: FailureKind, message: String) -> ! {
        self.note_failure(kind, message);
        self.scheduler.stop(self)
    }

    /// A name for the state of all lanes and objects, whatever order led to it.
    pub fn state(&self, more: impl Hash) -> u64 {
        let mut hasher = DefaultHasher::new();
        let lanes = self.lanes.borrow();
        let parts = lanes
            .iter()
            .map(|l| digest(&(l.identity, l.digest, l.done)));
        // A sum, since lanes stand in the order of their spawning, which may differ.
        parts.fold(0, u64::wrapping_add).hash(&mut hasher);
        lanes[self.current.get()].identity.hash(&mut hasher);
        self.objects.state().hash(&mut hasher);
        self.memory.state().hash(&mut hasher);
        self.clock.get().hash(&mut hasher);
        more.hash(&mut hasher);
        hasher.finish()
    }
}

/// A hash of anything, the same in every run.
pub(crate) fn digest(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
