//! The world of threads.

mod options;
mod scheduler;

use std::rc::Rc;
use std::sync::Arc;

use timeline::Coverage;

use self::scheduler::Threads as Scheduler;
use crate::carrier::Stacks;
use crate::hook;
use crate::memory::Memory;
use crate::record;
use crate::recorder::Recorder;
use crate::runtime::{contain, here};
use crate::search::{Path, Run, Search, Token};
use crate::verdict::{Failure, FailureKind, Verdict};
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
}

/// How many schedules a program has when none is left out, and how many of them break it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// All schedules of visible operations.
    pub schedules: u64,
    /// Those that break the program.
    pub failing: u64,
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

    /// Runs `body` as `main` under every schedule, and asserts that it holds.
    ///
    /// # Panics
    /// With the verdict and its picture, if a schedule breaks the program.
    #[track_caller]
    pub fn check(self, body: impl Fn() + Send + Sync + 'static) {
        let verdict = self.explore(body);
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
        record::begin();
        hook::install();
        let replay = record::replay();
        // A thread of its own: a run that is given up may leave a panic count or a
        // thread-local behind, and neither must reach the caller.
        let world = std::thread::Builder::new().name("world".to_owned());
        let search = world.spawn(move || self.search(Arc::new(body), replay));
        let verdict = search.expect("a thread for the world").join();
        let verdict = verdict.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        record::end(&verdict);
        verdict
    }

    /// Runs every schedule there is in plain interleavings, one by one, as a person would count
    /// them: without a bound, without recognising states, past every failure.
    ///
    /// # Panics
    /// If there are more schedules than [`Threads::schedules`] allows.
    #[must_use]
    pub fn count(self, body: impl Fn() + Send + Sync + 'static) -> Count {
        hook::install();
        let config = Threads {
            merging: false,
            bound: u32::MAX,
            ..self
        };
        let world = std::thread::Builder::new().name("world".to_owned());
        let count = world.spawn(move || Explorer::new(&config, Arc::new(body)).count());
        let count = count.expect("a thread for the world").join();
        count.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    fn search(&self, body: Arc<dyn Fn() + Send + Sync>, replay: Option<Token>) -> Verdict {
        let mut explorer = Explorer::new(self, body);
        if let Some(token) = replay {
            explorer.schedules = 1;
            let coverage = Coverage::Exhausted { bound: 0 };
            return explorer.show(token.path(), token.world == 'm', coverage);
        }
        let (verdict, relaxed) = explorer.phase(false);
        if verdict.passed() && self.memory_model && relaxed {
            return explorer.phase(true).0;
        }
        verdict
    }
}

struct Explorer<'a> {
    config: &'a Threads,
    body: Arc<dyn Fn() + Send + Sync>,
    stacks: Stacks,
    schedules: u64,
}

struct Ended {
    world: Rc<World>,
    scheduler: Rc<Scheduler>,
}

impl<'a> Explorer<'a> {
    fn new(config: &'a Threads, body: Arc<dyn Fn() + Send + Sync>) -> Self {
        Explorer {
            config,
            body,
            stacks: Stacks::default(),
            schedules: 0,
        }
    }

    fn count(&mut self) -> Count {
        let mut search = Search::new(self.config.bound);
        let mut count = Count {
            schedules: 0,
            failing: 0,
        };
        while let Some(run) = search.next() {
            let ended = self.run(run, false, false);
            count.schedules += 1;
            count.failing += u64::from(ended.world.failure.borrow().is_some());
            let allowed = self.config.schedules;
            assert!(count.schedules <= allowed, "more than {allowed} schedules");
            search.finish(ended.world.run.take());
        }
        count
    }

    /// Tries every schedule in plain interleavings or under the memory model. Also tells whether
    /// the program used an ordering weaker than `SeqCst`.
    fn phase(&mut self, weak: bool) -> (Verdict, bool) {
        let mut search = Search::new(self.config.bound);
        let mut relaxed = false;
        // What a passing verdict shows: a run with many switches says more than one with none.
        let mut liveliest = (0, Path::new());
        let mut coverage = None;
        while let Some(run) = search.next() {
            if self.schedules >= self.config.schedules {
                let bound = search.level();
                coverage = Some(Coverage::Exhausted { bound });
                break;
            }
            self.schedules += 1;
            let ended = self.run(run, weak, false);
            relaxed |= ended.world.memory.uses_weaker_orderings();
            let run = ended.world.run.take();
            if ended.world.failure.borrow().is_some() {
                let bound = search.level();
                let coverage = Coverage::Exhausted { bound };
                return (self.show(run.path().clone(), weak, coverage), relaxed);
            }
            let switches = ended.scheduler.switches.get();
            if search.level() <= 1 && switches > liveliest.0 {
                liveliest = (switches, run.path().clone());
            }
            search.finish(run);
        }
        let coverage = coverage.unwrap_or_else(|| search.coverage());
        (self.show(liveliest.1, weak, coverage), relaxed)
    }

    /// Repeats a run, writes it down, and says what it means.
    fn show(&mut self, path: Path, weak: bool, coverage: Coverage) -> Verdict {
        let ended = self.run(Run::replay(path), weak, true);
        let world = &ended.world;
        let failure = world.failure.borrow().clone();
        let failure = failure.map(|failure| Failure {
            message: Recorder::resolve(world, &failure.message),
            ..failure
        });
        let stuck = match failure.as_ref().map(|failure| failure.kind) {
            Some(FailureKind::Deadlock | FailureKind::LeftBehind | FailureKind::Livelock) => {
                world.enter(|| ended.scheduler.standing())
            }
            _ => Vec::new(),
        };
        let recorder = world.recorder.as_ref().expect("this run is recorded");
        let letter = if weak { 'm' } else { 'k' };
        let token = Token::of(letter, world.run.borrow().path()).to_string();
        Verdict {
            world: timeline::World::Threads,
            weak_memory: weak,
            token: failure.is_some().then_some(token),
            failure,
            schedules: self.schedules,
            coverage,
            timeline: recorder.timeline(world, stuck),
        }
    }

    /// One run from its beginning to its end.
    fn run(&mut self, run: Run, weak: bool, recording: bool) -> Ended {
        let stacks = std::mem::take(&mut self.stacks);
        let scheduler = Scheduler::new(self.config.may_leave_threads, self.config.merging, stacks);
        let world = World::new(
            timeline::World::Threads,
            scheduler.clone(),
            run,
            Memory::new(weak),
            self.config.steps,
            recording,
        );
        world.enter(|| {
            let main = world.add_lane(None, None);
            let body = self.body.clone();
            scheduler.start(&world, main, Box::new(move || run_main(&*body)));
            scheduler.run(&world);
            self.judge(&world);
        });
        self.stacks = scheduler.take_stacks();
        Ended { world, scheduler }
    }

    /// Looks at how the lanes have ended.
    fn judge(&self, world: &World) {
        let lost = {
            let lanes = world.lanes.borrow();
            let lost = lanes
                .iter()
                .skip(1)
                .find(|lane| !lane.panic_seen && lane.panic.is_some());
            lost.map(|lane| (lane.name.clone(), lane.panic.clone().unwrap_or_default()))
        };
        if let Some((name, panic)) = lost
            && !self.config.may_lose_panics
        {
            world.note_failure(
                FailureKind::LostPanic,
                format!("{name} panicked ({panic}), and nobody asked how it ended"),
            );
        }
    }
}

/// The whole of lane 0. A panic that reaches its end is a failure.
fn run_main(body: &dyn Fn()) {
    if contain(body).is_ok() {
        return;
    }
    let world = here();
    let lanes = world.lanes.borrow();
    let own = lanes[0].panic.clone().unwrap_or_default();
    // `join().unwrap()` says only `Any { .. }`: the panic that it passes on says more.
    let other = lanes.iter().skip(1).find(|lane| lane.panic.is_some());
    let message = match other {
        Some(lane) if own.contains("Any { .. }") => {
            let panic = lane.panic.as_deref().unwrap_or_default();
            format!("{} panicked ({panic}), and main passed it on", lane.name)
        }
        _ => format!("main panicked: {own}"),
    };
    world.note_failure(FailureKind::Panicked, message);
}
