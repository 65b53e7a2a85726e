//! The world of tasks.

mod executor;
mod main;
mod queue;
mod runtime;
mod scheduler;
mod state;
mod task;
mod timers;
mod workers;

use std::rc::Rc;
use std::sync::Arc;

use timeline::Graph;

use self::main::Main;
pub(crate) use self::runtime::Runtime;
pub use self::task::Job;
pub(crate) use self::task::NotedAwait;
pub use self::task::Part;
pub(crate) use self::timers::{Key, rounded};
use self::workers::Workers;
use crate::memory::Memory;
use crate::record;
use crate::recorder::Recorder;
use crate::search::Run;
use crate::trial::{self, Engine, Trial};
use crate::verdict::Verdict;
use crate::world::World;

/// Explores a program of async tasks. See [`tasks`].
#[derive(Clone, Debug)]
pub struct Tasks {
    bound: u32,
    schedules: u64,
    steps: u64,
    multi_thread: bool,
    may_leave_tasks: bool,
    may_lose_panics: bool,
    merging: bool,
    draws_passing: bool,
}

/// The world of tasks: `tokio` on a runtime that tries every schedule with up to 3 departures
/// from tokio's own order, on a virtual clock.
///
/// A departure is: another ready task goes on than the one that tokio would take; a `select!`
/// looks at another branch first; on a runtime of several threads, which is the default, a task
/// that is spawned starts at once, or others run before an `.await` of something that tokio
/// offers. The limit of this world: between two such awaits a task is not interrupted.
///
/// The clock moves only when nobody is ready, and then to the next timer.
///
/// ```
/// let verdict = explore::tasks().explore(|| async {});
/// assert!(verdict.passed());
/// ```
#[must_use]
pub fn tasks() -> Tasks {
    Tasks {
        bound: 3,
        schedules: 20_000,
        steps: 10_000,
        multi_thread: true,
        may_leave_tasks: false,
        may_lose_panics: false,
        merging: true,
        draws_passing: true,
    }
}

impl Tasks {
    /// Tries every schedule with up to this many departures. Default: 3.
    #[must_use]
    pub fn bound(self, bound: u32) -> Self {
        Tasks { bound, ..self }
    }

    /// Gives up after this many schedules, and says so. Default: 20,000.
    #[must_use]
    pub fn schedules(self, schedules: u64) -> Self {
        Tasks { schedules, ..self }
    }

    /// Takes a run with more polls and visible operations than this for one that does not end.
    /// Default: 10,000.
    #[must_use]
    pub fn steps(self, steps: u64) -> Self {
        Tasks { steps, ..self }
    }

    /// Runs all tasks on one thread, as `#[tokio::main(flavor = "current_thread")]` does: no task
    /// runs while another one is polled.
    #[must_use]
    pub fn current_thread(self) -> Self {
        Tasks {
            multi_thread: false,
            ..self
        }
    }

    /// Lets the program leave tasks behind when `main` is over. They are dropped where they are.
    #[must_use]
    pub fn may_leave_tasks(self) -> Self {
        Tasks {
            may_leave_tasks: true,
            ..self
        }
    }

    /// Lets tasks panic without anybody asking how they ended.
    #[must_use]
    pub fn may_lose_panics(self) -> Self {
        Tasks {
            may_lose_panics: true,
            ..self
        }
    }

    /// Runs the future that `body` makes as `main` under every schedule, and asserts that it
    /// holds.
    ///
    /// # Panics
    /// With the verdict and its picture, if a schedule breaks the program.
    #[track_caller]
    pub fn check<F>(self, body: impl Fn() -> F + Send + Sync + 'static)
    where
        F: Future<Output = ()> + 'static,
    {
        let quiet = Tasks {
            draws_passing: false,
            ..self
        };
        let verdict = quiet.explore(body);
        assert!(verdict.passed(), "\n{verdict}");
    }

    /// Runs the future that `body` makes as `main` under every schedule.
    ///
    /// It must do the same in every run that takes the same schedule: no real time, no random
    /// numbers but those of the world.
    ///
    /// # Panics
    /// If the operating system has no memory for a thread.
    pub fn explore<F>(self, body: impl Fn() -> F + Send + Sync + 'static) -> Verdict
    where
        F: Future<Output = ()> + 'static,
    {
        let body = Arc::new(body);
        trial::hold(move |replay| {
            let body = Rc::new(move || body());
            let mut trial = self.trial(body.clone());
            if let Some(token) = replay {
                return trial.replay(&token);
            }
            let (mut verdict, _) = trial.phase(false);
            if record::wants_graph() {
                verdict.graph = self.trial(body).survey();
            }
            verdict
        })
    }

    /// Runs every schedule there is, one by one: without a bound, without recognising states,
    /// past every failure.
    ///
    /// # Panics
    /// If there are more schedules than [`Tasks::schedules`] allows.
    #[must_use]
    pub fn count<F>(self, body: impl Fn() -> F + Send + Sync + 'static) -> trial::Count
    where
        F: Future<Output = ()> + 'static,
    {
        let config = Tasks {
            merging: false,
            bound: u32::MAX,
            ..self
        };
        trial::apart(move || config.trial(Rc::new(body)).count())
    }

    /// The graph of the program: every schedule there is, without a bound and past every failure.
    ///
    /// Nothing if it has more than 600 states, or if the tasks of two runs do not correspond to
    /// each other.
    ///
    /// # Panics
    /// If the operating system has no memory for a thread.
    #[must_use]
    pub fn graph<F>(self, body: impl Fn() -> F + Send + Sync + 'static) -> Option<Graph>
    where
        F: Future<Output = ()> + 'static,
    {
        trial::apart(move || self.trial(Rc::new(body)).survey())
    }

    fn trial<F>(&self, body: Rc<dyn Fn() -> F>) -> Trial<Explorer<'_, F>>
    where
        F: Future<Output = ()> + 'static,
    {
        let explorer = Explorer {
            config: self,
            body,
            workers: Workers::default(),
        };
        Trial::new(explorer, self.bound, self.schedules).draws_passing(self.draws_passing)
    }
}

struct Explorer<'a, F> {
    config: &'a Tasks,
    body: Rc<dyn Fn() -> F>,
    workers: Workers,
}

impl<F: Future<Output = ()> + 'static> Engine for Explorer<'_, F> {
    fn world(&self) -> timeline::World {
        timeline::World::Tasks
    }

    fn run(&mut self, run: Run, _: bool, recorder: Option<Recorder>) -> Rc<World> {
        let config = self.config;
        let workers = std::mem::take(&mut self.workers);
        let runtime = Runtime::new(config.multi_thread, config.may_leave_tasks, workers);
        runtime.merging.set(config.merging);
        let world = World::new(
            timeline::World::Tasks,
            runtime.clone(),
            run,
            Memory::new(false),
            config.steps,
            recorder,
        );
        world.enter(|| {
            let main = world.add_lane(None, None);
            let job = Box::new(Main::new(self.body.clone()));
            runtime.spawn(&world, main, job, false);
            runtime.run(&world);
            if !config.may_lose_panics {
                trial::look_for_lost_panics(&world);
            }
        });
        self.workers = runtime.take_workers();
        world
    }
}
