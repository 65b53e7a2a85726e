//! Which thread runs next.
//!
//! A lane suspends before every visible operation. The scheduler then looks at what each lane
//! waits for and takes a decision: the lane that ran may go on for nothing, and to let another
//! one run in its place is a preemption. Where the lane cannot go on, any other may for nothing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::options::{Parked, Turn, options};
use super::standstill;
use crate::carrier::{Carrier, Stacks, Suspender};
use crate::recorder::Standing;
use crate::runtime::{LaneId, Patience, Place, Wait, Woke};
use crate::source::Spot;
use crate::survey::Stand;
use crate::verdict::FailureKind;
use crate::words::listed;
use crate::world::{Scheduler, World, digest};

/// After so many operations in a row a lane gives way for nothing, as it would on a real machine.
const SLICE: u32 = 100;
/// So many turns of lanes that only wait for a change, without one, are a livelock.
const IDLE_TURNS: u32 = 200;

#[derive(Default)]
pub(super) struct Threads {
    lanes: RefCell<Vec<Thread>>,
    stacks: RefCell<Stacks>,
    /// Operations of the current lane since it was switched to.
    slice: Cell<u32>,
    /// Turns without a change while everybody waits for one.
    idle: Cell<u32>,
    /// Counts parkings, for the order of those that give way.
    parkings: Cell<u64>,
    pub switches: Cell<u64>,
    may_leave_threads: bool,
    /// Whether states are recognised, or every schedule is run to its end.
    merging: bool,
}

struct Thread {
    carrier: Option<Carrier>,
    suspender: Suspender,
    parked: Option<Parked>,
    woke: Woke,
}

impl Threads {
    /// Starts a lane: runs it up to its first visible operation.
    pub fn start(&self, world: &World, lane: LaneId, body: Box<dyn FnOnce()>) {
        let carrier = Carrier::new(&mut self.stacks.borrow_mut(), body);
        let mut carrier = match carrier {
            Ok(carrier) => carrier,
            Err(error) => world.fail(
                FailureKind::NotGradable,
                format!("no memory for the stack of another thread: {error}"),
            ),
        };
        debug_assert_eq!(self.lanes.borrow().len(), lane);
        self.lanes.borrow_mut().push(Thread {
            carrier: None,
            suspender: carrier.suspender(),
            parked: None,
            woke: Woke::Ready,
        });
        let parent = world.current.replace(lane);
        let over = carrier.resume();
        self.keep(world, lane, carrier, over);
        world.current.set(parent);
    }

    /// Runs all lanes to their ends, or to a failure.
    pub fn run(&self, world: &World) {
        loop {
            self.settle(world);
            if world.failure.borrow().is_some() {
                return;
            }
            let Some(next) = self.pick(world) else { return };
            self.resume(world, next);
        }
    }

    /// Lets every lane go on whose next operation nobody can notice. The lane that ran before
    /// counts as running still.
    fn settle(&self, world: &World) {
        let (current, slice, switches) =
            (world.current.get(), self.slice.get(), self.switches.get());
        let settled = |(_, parked): &(LaneId, Parked)| {
            parked.patience() == Patience::Settled && parked.is_ready()
        };
        while world.failure.borrow().is_none()
            && let Some((lane, _)) = self.parked().into_iter().find(settled)
        {
            self.resume(world, Turn::ready(lane));
        }
        world.current.set(current);
        self.slice.set(slice);
        self.switches.set(switches);
    }

    fn resume(&self, world: &World, next: Turn) {
        let lane = next.lane;
        if world.current.replace(lane) == lane {
            self.slice.set(self.slice.get() + 1);
        } else {
            self.slice.set(0);
            self.switches.set(self.switches.get() + 1);
        }
        if let Some(clock) = next.clock {
            world.clock.set(world.clock.get().max(clock));
        }
        let carrier = {
            let mut lanes = self.lanes.borrow_mut();
            let thread = &mut lanes[lane];
            thread.parked = None;
            thread.woke = next.woke;
            thread.carrier.take()
        };
        let mut carrier = carrier.expect("a parked lane has a carrier");
        let over = carrier.resume();
        self.keep(world, lane, carrier, over);
    }

    fn keep(&self, world: &World, lane: LaneId, carrier: Carrier, over: bool) {
        if over {
            carrier.recycle(&mut self.stacks.borrow_mut());
            world.lanes.borrow_mut()[lane].done = true;
        } else {
            self.lanes.borrow_mut()[lane].carrier = Some(carrier);
        }
    }

    /// The next lane; nothing when the run is over, well or not.
    fn pick(&self, world: &World) -> Option<Turn> {
        let slice_is_over = self.slice.get() >= SLICE;
        let mut options = options(world, &self.parked(), slice_is_over);
        if world.is_surveyed() {
            // A wait that may end without a reason may do so any number of times.
            options.retain(|turn| turn.woke != Woke::Spuriously);
        }
        if options.is_empty() {
            standstill::judge(world, &self.standing(), self.may_leave_threads);
            return None;
        }
        if self.is_livelock(world, &options) {
            return None;
        }
        let costs: Vec<u8> = options.iter().map(|option| option.cost).collect();
        let state = || self.merging.then(|| world.state(self.giving_way(world)));
        let chosen = world.run.borrow_mut().choose(&costs, state);
        match chosen {
            Ok(option) => {
                let ways = || options.iter().map(Turn::way).collect();
                // Who ran last matters for what is a preemption, and for nothing else.
                let state = || {
                    let current = world.current.replace(0);
                    let state = state();
                    world.current.set(current);
                    state
                };
                world.note_fork(state, ways, option);
                options.into_iter().nth(option)
            }
            Err(diverged) => {
                world.note_failure(FailureKind::NotGradable, diverged.to_string());
                None
            }
        }
    }

    fn parked(&self) -> Vec<(LaneId, Parked)> {
        let lanes = self.lanes.borrow();
        let parked = lanes.iter().enumerate();
        parked
            .filter_map(|(lane, thread)| Some((lane, thread.parked?)))
            .collect()
    }

    /// Which lanes give way, whether anything has changed for them, and until when others wait:
    /// part of the state.
    fn giving_way(&self, world: &World) -> u64 {
        let lanes = world.lanes.borrow();
        let parts = self.parked().into_iter().map(|(lane, parked)| {
            let waits = (parked.is_idle(world), parked.deadline());
            digest(&(lanes[lane].identity, waits))
        });
        parts.fold(0, u64::wrapping_add)
    }

    fn is_livelock(&self, world: &World, options: &[Turn]) -> bool {
        let idle = {
            let lanes = self.lanes.borrow();
            let is_idle = |turn: &Turn| {
                let parked = lanes[turn.lane].parked.as_ref();
                turn.woke == Woke::Ready && parked.is_some_and(|parked| parked.is_idle(world))
            };
            options.iter().all(is_idle)
        };
        self.idle.set(if idle { self.idle.get() + 1 } else { 0 });
        if self.idle.get() <= IDLE_TURNS {
            return false;
        }
        let names: Vec<String> = {
            let lanes = world.lanes.borrow();
            options.iter().map(|o| lanes[o.lane].name.clone()).collect()
        };
        let (verb, whom) = match names.len() {
            1 => ("goes", "its"),
            _ => ("go", "their"),
        };
        world.note_failure(
            FailureKind::Livelock,
            format!(
                "{} {verb} round in circles: nobody is left to make {whom} condition true",
                listed(&names)
            ),
        );
        true
    }

    /// The lanes that stand still at the end, and what for.
    pub fn standing(&self) -> Vec<Standing> {
        let still = self
            .parked()
            .into_iter()
            .filter(|(_, parked)| parked.patience() == Patience::Yield || !parked.is_ready());
        still
            .map(|(lane, parked)| Standing {
                lane,
                spot: Some(Spot::of(parked.place)),
                blocked: parked.blocked(),
            })
            .collect()
    }
}

impl Scheduler for Threads {
    fn turn(&self, world: &World, place: Place, wait: &Wait<'_>) -> Woke {
        let me = world.current.get();
        let order = self.parkings.get() + 1;
        self.parkings.set(order);
        let suspender = {
            let mut lanes = self.lanes.borrow_mut();
            let thread = &mut lanes[me];
            thread.parked = Some(Parked::new(world, place, wait, order));
            thread.suspender.clone()
        };
        suspender.suspend();
        let woke = self.lanes.borrow()[me].woke;
        if woke != Woke::Ready {
            world.lane(|lane| lane.digest = digest(&(lane.digest, woke)));
        }
        woke
    }

    fn stop(&self, world: &World) -> ! {
        let suspender = self.lanes.borrow()[world.current.get()].suspender.clone();
        loop {
            suspender.suspend();
        }
    }

    fn spawn(&self, world: &World, lane: LaneId, body: Box<dyn FnOnce()>) {
        self.start(world, lane, body);
    }

    fn standing(&self, _: &World) -> Vec<Standing> {
        Threads::standing(self)
    }

    fn stands(&self, _: &World) -> Vec<Stand> {
        let lanes = self.parked().into_iter();
        lanes
            .map(|(lane, parked)| Stand {
                waits: parked.patience() != Patience::Yield && !parked.is_ready(),
                standing: Standing {
                    lane,
                    spot: Some(Spot::of(parked.place)),
                    blocked: parked.blocked(),
                },
            })
            .collect()
    }

    fn switches(&self) -> u64 {
        self.switches.get()
    }
}

impl Threads {
    /// A scheduler whose program may leave threads behind when `main` is over, or not.
    pub fn new(may_leave_threads: bool, merging: bool, stacks: Stacks) -> Rc<Self> {
        Rc::new(Threads {
            stacks: RefCell::new(stacks),
            may_leave_threads,
            merging,
            ..Threads::default()
        })
    }

    /// The stacks, for the next run.
    pub fn take_stacks(&self) -> Stacks {
        self.stacks.take()
    }
}
