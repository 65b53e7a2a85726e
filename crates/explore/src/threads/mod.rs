//! The world of threads.

mod options;
mod scheduler;
mod standstill;

use std::rc::Rc;
use std::sync::Arc;

use timeline::Graph;

use self::scheduler::Threads as Scheduler;
use crate::carrier::Stacks;
use crate::memory::Memory;
use crate::record;
use crate::recorder::Recorder;
use crate::runtime::{contain, here};
use crate::search::Run;
use crate::token::Token;
use crate::trial::{self, Count, Engine, Trial};
use crate::verdict::Verdict;
use crate::world::World;

/// Explores a program of threads. See [`threads`].
#[derive(Clone, Debug)]
pub struct Threads {
    bound: u32,
    schedules: u64,
    steps: u64,
    memory_model: bool,
    may_leave_threads: bool,
    may_lose_panics: bool,
    merging: bool,
    draws_passing: bool,
}

/// The world of threads: `std`, `parking_lot` and `crossbeam` under a scheduler that tries every
/// schedule with up to 3 preemptions, and then every one with up to 3 preemptions or stale reads.
///
/// ```
/// let verdict = explore::threads().explore(|| ());
/// assert!(verdict.passed());
/// ```
#[must_use]
pub fn threads() -> Threads {
    Threads {
        bound: 3,
        schedules: 50_000,
        steps: 5_000,
        memory_model: true,
        may_leave_threads: false,
        may_lose_panics: false,
        merging: true,
        draws_passing: true,
    }
}

impl Threads {
    /// Tries every schedule with up to this many preemptions or stale reads. Default: 3.
    #[must_use]
    pub fn bound(self, bound: u32) -> Self {
        Threads { bound, ..self }
    }

    /// Gives up after this many schedules, and says so. Default: 50,000.
    #[must_use]
    pub fn schedules(self, schedules: u64) -> Self {
        Threads { schedules, ..self }
    }

    /// Takes a run with more visible operations than this for one that does not end.
    /// Default: 5,000.
    #[must_use]
    pub fn steps(self, steps: u64) -> Self {
        Threads { steps, ..self }
    }

    /// Whether loads may read old values once every interleaving is fine. Default: yes.
    #[must_use]
    pub fn memory_model(self, memory_model: bool) -> Self {
        Threads {
            memory_model,
            ..self
        }
    }

    /// Lets the program leave threads behind that can never end, as a process does when `main`
    /// returns.
    #[must_use]
    pub fn may_leave_threads(self) -> Self {
        Threads {
            may_leave_threads: true,
            ..self
        }
    }

    /// Lets threads panic without anybody asking how they ended.
    #[must_use]
    pub fn may_lose_panics(self) -> Self {
        Threads {
            may_lose_panics: true,
            ..self
        }
    }

    /// Runs schedules that lead to the same states, too: for the tests of the explorer.
    #[doc(hidden)]
    #[must_use]
    pub fn without_merging(self) -> Self {
        Threads {
            merging: false,
            ..self
        }
    }

    /// Runs `body` as `main` under every schedule, and asserts that it holds.
    ///
    /// # Panics
    /// With the verdict and its picture, if a schedule breaks the program.
    #[track_caller]
    pub fn check(self, body: impl Fn() + Send + Sync + 'static) {
        let quiet = Threads {
            draws_passing: false,
            ..self
        };
        let verdict = quiet.explore(body);
        assert!(verdict.passed(), "\n{verdict}");
    }

    /// Runs `body` as `main` under every schedule.
    ///
    /// The body must do the same in every run that takes the same schedule: no real time, no
    /// random numbers but those of the world.
    ///
    /// # Panics
    /// If the operating system has no memory for a thread.
    pub fn explore(self, body: impl Fn() + Send + Sync + 'static) -> Verdict {
        trial::hold(move |replay| self.search(Arc::new(body), replay))
    }

    /// Runs every schedule there is in plain interleavings, one by one, as a person would count
    /// them: without a bound, without recognising states, past every failure.
    ///
    /// # Panics
    /// If there are more schedules than [`Threads::schedules`] allows.
    #[must_use]
    pub fn count(self, body: impl Fn() + Send + Sync + 'static) -> Count {
        let config = Threads {
            merging: false,
            bound: u32::MAX,
            ..self
        };
        trial::apart(move || config.trial(Arc::new(body)).count())
    }

    /// The graph of the program: every schedule there is in plain interleavings, without a bound
    /// and past every failure, where no wait ends without a reason.
    ///
    /// Nothing if it has more than 600 states, or if the threads of two runs do not correspond to
    /// each other.
    ///
    /// # Panics
    /// If the operating system has no memory for a thread.
    #[must_use]
    pub fn graph(self, body: impl Fn() + Send + Sync + 'static) -> Option<Graph> {
        trial::apart(move || self.trial(Arc::new(body)).survey())
    }

    fn search(&self, body: Arc<dyn Fn() + Send + Sync>, replay: Option<Token>) -> Verdict {
        let mut trial = self.trial(body.clone());
        if let Some(token) = replay {
            return trial.replay(&token);
        }
        let (mut verdict, relaxed) = trial.phase(false);
        if verdict.passed() && self.memory_model && relaxed {
            verdict = trial.phase(true).0;
        }
        if record::wants_graph() {
            verdict.graph = self.trial(body).survey();
        }
        verdict
    }

    fn trial(&self, body: Arc<dyn Fn() + Send + Sync>) -> Trial<Explorer<'_>> {
        let explorer = Explorer {
            config: self,
            body,
            stacks: Stacks::default(),
        };
        Trial::new(explorer, self.bound, self.schedules).draws_passing(self.draws_passing)
    }
}

struct Explorer<'a> {
    config: &'a Threads,
    body: Arc<dyn Fn() + Send + Sync>,
    stacks: Stacks,
}

impl Engine for Explorer<'_> {
    fn world(&self) -> timeline::World {
        timeline::World::Threads
    }

    fn run(&mut self, run: Run, weak: bool, recorder: Option<Recorder>) -> Rc<World> {
        let stacks = std::mem::take(&mut self.stacks);
        let scheduler = Scheduler::new(self.config.may_leave_threads, self.config.merging, stacks);
        let world = World::new(
            timeline::World::Threads,
            scheduler.clone(),
            run,
            Memory::new(weak),
            self.config.steps,
            recorder,
        );
        world.enter(|| {
            let main = world.add_lane(None, None);
            let body = self.body.clone();
            scheduler.start(&world, main, Box::new(move || run_main(&*body)));
            scheduler.run(&world);
            if !self.config.may_lose_panics {
                trial::look_for_lost_panics(&world);
            }
        });
        self.stacks = scheduler.take_stacks();
        world
    }
}

/// The whole of lane 0. A panic that reaches its end is a failure.
fn run_main(body: &dyn Fn()) {
    if contain(body).is_err() {
        trial::main_panicked(&here());
    }
}
