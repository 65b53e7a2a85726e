//! The ways to go on from one state, and what each costs.

use std::time::Duration;

use crate::runtime::{Blocked, LaneId, Patience, Place, Wait, Woke};
use crate::survey::Way;
use crate::world::World;

/// Nobody lives to see the end of a wait this long, and no schedule may depend on it: a
/// `wait_timeout` of `Duration::MAX` is a `wait`.
const FOR_EVER: Duration = Duration::from_hours(24 * 365 * 100);

/// A lane that has suspended before a visible operation.
#[derive(Clone, Copy)]
pub(super) struct Parked {
    /// Points into the stack of the lane, which stays as it is until the lane runs again.
    wait: *const Wait<'static>,
    pub place: Place,
    /// How many changes there had been.
    changes: u64,
    /// Counts parkings, for the order of those that give way.
    order: u64,
}

impl Parked {
    /// The current lane parks. Whoever keeps the result drops it before `wait` goes away.
    pub fn new(world: &World, place: Place, wait: &Wait<'_>, order: u64) -> Self {
        Parked {
            wait: std::ptr::from_ref(wait).cast(),
            place,
            changes: world.changes.get(),
            order,
        }
    }

    #[expect(
        unsafe_code,
        reason = "a parked lane's wait is read from outside its stack"
    )]
    fn wait(&self) -> &Wait<'_> {
        // SAFETY: `wait` points to a value on the stack of the lane that parked. It was taken in
        // `Scheduler::turn`, which does not return before `Threads::resume` has dropped every
        // copy of `self`. Until then that stack is suspended and nothing moves or drops the
        // value. All of it happens on one operating system thread.
        unsafe { &*self.wait }
    }

    pub fn is_ready(&self) -> bool {
        (self.wait().ready)()
    }

    pub fn patience(&self) -> Patience {
        let wait = self.wait();
        match wait.patience {
            _ if (wait.bound)() => Patience::Endless,
            Patience::Until(deadline) if deadline >= FOR_EVER => Patience::Endless,
            Patience::SpuriousUntil(deadline) if deadline >= FOR_EVER => Patience::Spurious,
            patience => patience,
        }
    }

    /// When its wait is over at the latest.
    pub fn deadline(&self) -> Option<Duration> {
        match self.patience() {
            Patience::Until(deadline) | Patience::SpuriousUntil(deadline) => Some(deadline),
            _ => None,
        }
    }

    pub fn blocked(&self) -> Blocked {
        (self.wait().blocked)()
    }

    /// Whether it gives way until something changes, and nothing has.
    pub fn is_idle(&self, world: &World) -> bool {
        self.patience() == Patience::Yield && self.changes == world.changes.get()
    }
}

/// One way to go on.
pub(super) struct Turn {
    pub lane: LaneId,
    pub woke: Woke,
    /// In departures.
    pub cost: u8,
    /// What the clock shows then, where time has to pass.
    pub clock: Option<Duration>,
}

impl Turn {
    /// The same for a reader.
    pub fn way(&self) -> Way {
        let label = match self.woke {
            Woke::Ready => None,
            Woke::TimedOut => Some("its time is up".to_owned()),
            Woke::Spuriously => Some("wakes up without a reason".to_owned()),
        };
        Way {
            lane: self.lane,
            label,
        }
    }

    /// The turn of a lane that is ready.
    pub fn ready(lane: LaneId) -> Self {
        Turn {
            lane,
            woke: Woke::Ready,
            cost: 1,
            clock: None,
        }
    }
}

/// All ways to go on, the default first; none if nobody can.
///
/// The lane that ran goes on by default, and another one in its place is a preemption. Where it
/// cannot, any lane that is ready may run for nothing. Lanes that give way, and time, come after
/// those that are ready, and before them only as a departure. That a wait ends without a reason
/// is always a departure, and never saves anybody from a deadlock.
pub(super) fn options(
    world: &World,
    parked: &[(LaneId, Parked)],
    slice_is_over: bool,
) -> Vec<Turn> {
    let me = world.current.get();
    let mut ready = Vec::new();
    let mut giving_way = Vec::new();
    let mut timed = Vec::new();
    let mut spurious = Vec::new();
    for &(lane, ref parked) in parked {
        let patience = parked.patience();
        if parked.is_ready() {
            if patience == Patience::Yield || lane == me && slice_is_over {
                giving_way.push((parked.is_idle(world), parked.order, lane));
            } else {
                ready.push(lane);
            }
            continue;
        }
        if let Patience::Until(deadline) | Patience::SpuriousUntil(deadline) = patience {
            timed.push((deadline, lane));
        }
        if let Patience::Spurious | Patience::SpuriousUntil(_) = patience {
            spurious.push(lane);
        }
    }
    giving_way.sort_unstable();
    timed.sort_unstable();
    // False comes before true: the current lane first, the others in their order.
    ready.sort_by_key(|&lane| lane != me);
    let (idle, fresh): (Vec<_>, Vec<_>) = giving_way.into_iter().partition(|(idle, ..)| *idle);
    let gives_way = |(_, _, lane)| Turn::ready(lane);
    let times_out = |(deadline, lane)| Turn {
        woke: Woke::TimedOut,
        clock: Some(deadline),
        ..Turn::ready(lane)
    };
    let mut options: Vec<Turn> = ready.iter().copied().map(Turn::ready).collect();
    options.extend(fresh.into_iter().map(gives_way));
    options.extend(timed.into_iter().map(times_out));
    options.extend(idle.into_iter().map(gives_way));
    if !options.is_empty() {
        options.extend(spurious.into_iter().map(|lane| Turn {
            woke: Woke::Spuriously,
            ..Turn::ready(lane)
        }));
    }
    let goes_on = ready.first() == Some(&me);
    let free = if goes_on { 1 } else { ready.len().max(1) };
    options.iter_mut().take(free).for_each(|turn| turn.cost = 0);
    options
}
