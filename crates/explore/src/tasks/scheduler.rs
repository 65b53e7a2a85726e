//! What happens to a task that does what only a thread should, and how a run of tasks ends.

use super::runtime::Runtime;
use super::task::{Awaited, Held, Parked, Task};
use crate::recorder::Standing;
use crate::runtime::{Blocked, LaneId, Patience, Place, Wait, Woke};
use crate::source::Spot;
use crate::survey::Stand;
use crate::verdict::FailureKind;
use crate::words::listed;
use crate::world::{Scheduler, World, digest};

impl Scheduler for Runtime {
    /// A task never waits here: it has the thread, and keeps it until its poll is over.
    fn turn(&self, world: &World, place: Place, wait: &Wait<'_>) -> Woke {
        self.count_operation(world, place, wait.patience == Patience::Yield);
        loop {
            if (wait.ready)() {
                return Woke::Ready;
            }
            let deadline = wait.patience.deadline();
            if deadline.is_some_and(|end| world.clock.get() >= end) {
                world.lane(|lane| lane.digest = digest(&(lane.digest, Woke::TimedOut)));
                return Woke::TimedOut;
            }
            let me = world.current.get();
            if self.task(me, |task| task.is_thread) || self.others_have_threads(me) {
                self.park(world, place, wait);
            } else {
                self.block(world, me, place, (wait.blocked)());
            }
        }
    }

    fn stop(&self, world: &World) -> ! {
        loop {
            self.suspend(world.current.get());
        }
    }

    fn spawn(&self, world: &World, _: LaneId, _: Box<dyn FnOnce()>) {
        world.fail(
            FailureKind::NotGradable,
            "a thread is spawned among tasks: the grader follows either threads or tasks; for \
             blocking work there is `tokio::task::spawn_blocking`"
                .to_owned(),
        );
    }

    fn standing(&self, world: &World) -> Vec<Standing> {
        if let Some(culprit) = self.culprit.take() {
            return vec![culprit];
        }
        let lanes = world.lanes.borrow();
        let left = lanes.iter().enumerate().filter(|(_, lane)| !lane.done);
        left.map(|(lane, _)| self.stands(lane)).collect()
    }

    fn stands(&self, world: &World) -> Vec<Stand> {
        let ready = self.ready.others();
        let lanes = world.lanes.borrow();
        let left = (0..lanes.len()).filter(|&lane| !lanes[lane].done);
        left.map(|lane| {
            let (is_polled, at, held) = self.task(lane, |task| {
                (task.job.is_none(), task.at, task.held.is_none())
            });
            let mut standing = Runtime::stands(self, lane);
            if is_polled && held {
                standing.spot = at.map(Spot::of);
            }
            let begun = standing.spot.is_some();
            standing.spot = standing.spot.or(at.or(lanes[lane].spawned).map(Spot::of));
            Stand {
                waits: begun && !is_polled && !ready.contains(&lane),
                standing,
            }
        })
        .collect()
    }

    fn switches(&self) -> u64 {
        self.switches.get()
    }

    fn runtime(&self) -> Option<&Runtime> {
        Some(self)
    }
}

impl Runtime {
    /// Ends the run because the current lane blocks the thread that all tasks run on.
    pub fn block(&self, world: &World, lane: LaneId, place: Place, blocked: Blocked) -> ! {
        let message = self.is_blocked(world, lane, place, blocked);
        world.fail(FailureKind::BlocksRuntime, message)
    }

    /// Notes the same between two polls.
    pub(super) fn blocks_the_runtime(&self, world: &World, lane: LaneId) {
        if let Some(Held::Waiting(parked)) = self.task(lane, |task| task.held) {
            let Parked { place, .. } = parked;
            let message = self.is_blocked(world, lane, place, parked.blocked());
            world.note_failure(FailureKind::BlocksRuntime, message);
        }
    }

    fn is_blocked(&self, world: &World, lane: LaneId, place: Place, blocked: Blocked) -> String {
        let message = format!("{} {}", world.lanes.borrow()[lane].name, blocked.named());
        self.culprit.replace(Some(Standing {
            lane,
            spot: Some(Spot::of(place)),
            blocked,
        }));
        message
    }

    /// Whether another lane is in the middle of something on a thread of its own, and may end
    /// what this one waits for.
    fn others_have_threads(&self, me: LaneId) -> bool {
        let tasks = self.tasks.borrow();
        let busy = |(lane, task): (LaneId, &Task)| {
            let is_thread = task.is_thread && (task.job.is_some() || task.worker.is_some());
            lane != me && (task.worker.is_some() || is_thread)
        };
        tasks.iter().enumerate().any(busy)
    }

    /// Says why nobody can go on, if anybody is left.
    pub(super) fn nobody_can_go_on(&self, world: &World) {
        let why = self.why_one_stands(world);
        let lanes = world.lanes.borrow();
        let left = || lanes.iter().filter(|lane| !lane.done);
        let names: Vec<&str> = left().map(|lane| lane.name.as_str()).collect();
        if names.is_empty() {
            return;
        }
        if lanes[0].done {
            let spawned = left().map(|lane| match lane.spawned {
                Some(place) => format!("{}, spawned at line {},", lane.name, place.line()),
                None => lane.name.clone(),
            });
            let spawned: Vec<String> = spawned.collect();
            let verb = if names.len() == 1 { "is" } else { "are" };
            let why = why.map_or_else(String::new, |why| format!(": it {why}"));
            let message = format!("main is over, and {} {verb} not{why}", listed(&spawned));
            world.note_failure(FailureKind::LeftBehind, message);
            return;
        }
        let message = match (names.as_slice(), why) {
            ([one], Some(why)) => format!("{one} {why}"),
            ([one], None) => format!("{one} waits for ever: nobody is left who could wake it"),
            (many, _) => format!("{} wait for ever", listed(many)),
        };
        world.note_failure(FailureKind::Deadlock, message);
    }

    /// Why the only lane that is not over stands still, where that is known. What lanes wait for
    /// is written down only in a run that is recorded.
    fn why_one_stands(&self, world: &World) -> Option<String> {
        world.recorder.as_ref()?;
        let left: Vec<LaneId> = {
            let lanes = world.lanes.borrow();
            (0..lanes.len()).filter(|lane| !lanes[*lane].done).collect()
        };
        match left[..] {
            [one] => self.stands(one).blocked.clause(),
            _ => None,
        }
    }

    /// What a lane that is not over waits for.
    fn stands(&self, lane: LaneId) -> Standing {
        if let Some(Held::Waiting(parked)) = self.task(lane, |task| task.held) {
            return Standing {
                lane,
                spot: Some(Spot::of(parked.place)),
                blocked: parked.blocked(),
            };
        }
        let awaits: Vec<Awaited> = self.task(lane, |task| task.awaits().cloned().collect());
        let spot = awaits.last().map(|awaited| awaited.spot.clone());
        let mut waits = awaits.into_iter().map(Awaited::blocked);
        let blocked = match (waits.next(), waits.next()) {
            (None, _) => Blocked::plain("waits to be woken"),
            (Some(one), None) => one,
            (Some(one), Some(other)) => {
                let mut all = vec![one.named(), other.named()];
                all.extend(waits.map(|blocked| blocked.named()));
                all.dedup();
                Blocked::plain(all.join(", or "))
            }
        };
        Standing {
            lane,
            spot,
            blocked,
        }
    }
}
