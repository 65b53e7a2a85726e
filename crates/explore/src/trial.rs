//! A trial: one program, run under schedule after schedule until one breaks it or none is left.
//! It is the same in both worlds.

use std::rc::Rc;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use timeline::{Coverage, Graph, Timeline, World as Kind};

use crate::recorder::Recorder;
use crate::search::{Path, Run, Search};
use crate::survey::Survey;
use crate::token::Token;
use crate::verdict::{Failure, FailureKind, Verdict};
use crate::world::World;
use crate::{hook, record};

/// What runs a program once.
pub(crate) trait Engine {
    /// The world that it runs programs in.
    fn world(&self) -> Kind;

    /// One run from its beginning to its end. `weak` asks for the memory model.
    fn run(&mut self, run: Run, weak: bool, recorder: Option<Recorder>) -> Rc<World>;
}

/// A program under trial, and how much of it may be tried.
pub(crate) struct Trial<E> {
    engine: E,
    /// How many departures a schedule may have.
    bound: u32,
    /// How many schedules may be run.
    allowed: u64,
    schedules: u64,
    /// When the runner was told last how many there were.
    told: Instant,
    /// Whether a passing verdict has a picture too. It costs as much as a thousand runs.
    draws_passing: bool,
}

/// How many schedules a program has when none is left out, and how many of them break it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// All schedules of visible operations.
    pub schedules: u64,
    /// Those that break the program.
    pub failing: u64,
}

/// Makes a trial, tells the runner about it and returns its verdict. `search` is given the
/// schedule that the runner wants to see again, if it wants one.
///
/// # Panics
/// If the operating system has no memory for a thread.
pub(crate) fn hold(search: impl FnOnce(Option<Token>) -> Verdict + Send + 'static) -> Verdict {
    record::begin();
    let replay = record::replay();
    let verdict = apart(move || search(replay));
    record::end(&verdict);
    verdict
}

/// Does something on a thread of its own: a run that is given up may leave a panic count or a
/// thread-local behind, and neither must reach the caller.
///
/// One after the other: what stands in a `static` belongs to one trial at a time.
pub(crate) fn apart<R: Send + 'static>(f: impl FnOnce() -> R + Send + 'static) -> R {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    assert!(World::current().is_none(), "a trial inside a trial");
    let turn = ONE_AT_A_TIME.lock();
    // A trial that panicked has left nothing behind that the next one would look at.
    let _turn = turn.unwrap_or_else(PoisonError::into_inner);
    hook::install();
    let world = std::thread::Builder::new().name("world".to_owned());
    let result = world.spawn(f).expect("a thread for the world").join();
    result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

impl<E: Engine> Trial<E> {
    /// A trial with schedules of up to `bound` departures, and no more of them than `allowed`.
    pub fn new(engine: E, bound: u32, allowed: u64) -> Self {
        Trial {
            engine,
            bound,
            allowed,
            schedules: 0,
            told: Instant::now(),
            draws_passing: true,
        }
    }

    /// Whether a passing verdict has a picture too. Default: yes.
    pub fn draws_passing(self, draws_passing: bool) -> Self {
        Trial {
            draws_passing,
            ..self
        }
    }

    /// Runs every schedule, past every failure.
    ///
    /// # Panics
    /// If there are more than allowed.
    pub fn count(&mut self) -> Count {
        let mut search = Search::new(self.bound);
        let mut count = Count {
            schedules: 0,
            failing: 0,
        };
        while let Some(run) = search.next() {
            let world = self.engine.run(run, false, None);
            count.schedules += 1;
            count.failing += u64::from(world.failure.borrow().is_some());
            let allowed = self.allowed;
            assert!(count.schedules <= allowed, "more than {allowed} schedules");
            search.finish(world.run.take());
        }
        count
    }

    /// The graph of the program in plain interleavings, with no bound; nothing if it has more
    /// states than a person would look at.
    pub fn survey(&mut self) -> Option<Graph> {
        let mut search = Search::new(u32::MAX);
        let mut survey = Survey::default();
        while let Some(run) = search.next() {
            let recorder = Some(Recorder::of_decisions());
            let world = self.engine.run(run, false, recorder);
            survey.add(&world)?;
            search.finish(world.run.take());
        }
        Some(survey.finish())
    }

    /// Tries every schedule in plain interleavings or under the memory model. Also tells whether
    /// the program used an ordering weaker than `SeqCst`.
    pub fn phase(&mut self, weak: bool) -> (Verdict, bool) {
        let mut search = Search::new(self.bound);
        let mut relaxed = false;
        // What a passing verdict shows: a run with many switches says more than one with none.
        let mut liveliest = (0, Path::new());
        let mut coverage = None;
        while let Some(run) = search.next() {
            if self.schedules >= self.allowed {
                let bound = search.level();
                coverage = Some(Coverage::Exhausted { bound });
                break;
            }
            self.schedules += 1;
            if self.told.elapsed() >= record::NEWS_EVERY {
                record::news(self.schedules);
                self.told = Instant::now();
            }
            let world = self.engine.run(run, weak, None);
            relaxed |= world.memory.uses_weaker_orderings();
            let run = world.run.take();
            if world.failure.borrow().is_some() {
                let bound = search.level();
                let coverage = Coverage::Exhausted { bound };
                return (self.show(run.path().clone(), weak, coverage), relaxed);
            }
            let switches = world.scheduler.switches();
            if search.level() <= 1 && switches > liveliest.0 {
                liveliest = (switches, run.path().clone());
            }
            search.finish(run);
        }
        let coverage = coverage.unwrap_or_else(|| search.coverage());
        if self.draws_passing {
            return (self.show(liveliest.1, weak, coverage), relaxed);
        }
        let verdict = Verdict {
            world: self.engine.world(),
            weak_memory: weak,
            token: None,
            failure: None,
            schedules: self.schedules,
            coverage,
            timeline: Timeline::default(),
            graph: None,
        };
        (verdict, relaxed)
    }

    /// Repeats the schedule that a token names.
    pub fn replay(&mut self, token: &Token) -> Verdict {
        self.schedules = 1;
        let coverage = Coverage::Exhausted { bound: 0 };
        self.show(token.path(), token.world == 'm', coverage)
    }

    /// Repeats a run, writes it down, and says what it means.
    fn show(&mut self, path: Path, weak: bool, coverage: Coverage) -> Verdict {
        let recorder = Some(Recorder::default());
        let world = self.engine.run(Run::replay(path), weak, recorder);
        let (timeline, failure) = picture(&world);
        let letter = match world.kind {
            Kind::Tasks => 't',
            _ if weak => 'm',
            _ => 'k',
        };
        let token = Token::of(letter, world.run.borrow().path()).to_string();
        Verdict {
            world: world.kind,
            weak_memory: weak,
            token: failure.is_some().then_some(token),
            failure,
            schedules: self.schedules,
            coverage,
            timeline,
            graph: None,
        }
    }
}

/// The picture of a run that was recorded, and what it says about its failure.
pub(crate) fn picture(world: &Rc<World>) -> (Timeline, Option<Failure>) {
    let failure = world.failure.borrow().clone();
    let mut failure = failure.map(|failure| Failure {
        message: Recorder::resolve(world, &failure.message),
        ..failure
    });
    let standing = match &failure {
        Some(failure) if failure.kind.leaves_lanes_standing() => {
            world.enter(|| world.scheduler.standing(world))
        }
        _ => Vec::new(),
    };
    let recorder = world.recorder.as_ref().expect("this run is recorded");
    let mut timeline = recorder.timeline(world, standing);
    if let Some(failure) = &mut failure
        && let Some(message) = told_by_the_picture(failure, &timeline)
    {
        failure.message = message;
        timeline.outcome.summary = format!("{}: {}", failure.kind, failure.message);
    }
    (timeline, failure)
}

/// What a run has to say about a failure once it is written down.
fn told_by_the_picture(failure: &Failure, timeline: &Timeline) -> Option<String> {
    let name = |lane: usize| &timeline.lanes[lane].name;
    if let [stuck] = timeline.outcome.stuck.as_slice()
        && (failure.kind == FailureKind::BlocksRuntime || stuck.waits_for == Some(stuck.lane))
    {
        // Who holds what the lane waits for, and since when.
        return Some(format!("{} {}", name(stuck.lane), stuck.what));
    }
    let last = timeline.steps.last()?;
    let line = last.place.as_ref().map(|place| place.line)?;
    (failure.kind == FailureKind::TooLong).then(|| {
        let (who, what) = (name(last.lane), &last.what);
        format!(
            "{}; at the end, {who} {what} at line {line}",
            failure.message
        )
    })
}

/// Looks for a lane that panicked without anybody asking how it ended.
pub(crate) fn look_for_lost_panics(world: &World) {
    let lost = {
        let lanes = world.lanes.borrow();
        let lost = lanes
            .iter()
            .skip(1)
            .find(|lane| !lane.panic_seen && lane.panic.is_some());
        lost.map(|lane| (lane.name.clone(), lane.panic.clone().unwrap_or_default()))
    };
    if let Some((name, panic)) = lost {
        world.note_failure(
            FailureKind::LostPanic,
            format!("{name} panicked ({panic}), and nobody asked how it ended"),
        );
    }
}

/// A panic has reached the end of lane 0.
pub(crate) fn main_panicked(world: &World) {
    let lanes = world.lanes.borrow();
    let own = lanes[0].panic.clone().unwrap_or_default();
    // `join().unwrap()` says only `Any { .. }`: the panic that it passes on says more.
    let signs = [
        "Any { .. }",
        "JoinError::Panic(",
        "a scoped thread panicked",
    ];
    let passed_on = signs.iter().any(|sign| own.contains(sign));
    let other = lanes.iter().skip(1).find(|lane| lane.panic.is_some());
    let message = match other {
        Some(lane) if passed_on => {
            let panic = lane.panic.as_deref().unwrap_or_default();
            format!("{} panicked ({panic}), and main passed it on", lane.name)
        }
        _ => format!("main panicked: {own}"),
    };
    world.note_failure(FailureKind::Panicked, message);
}
