//! Waiting in several channels at once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::Location;
use std::ptr;
use std::rc::Rc;
use std::time::Duration;

use explore::runtime::{self, Blocked, LaneId, Patience, Place, Turn, Wait};

use super::arm::Arm;
use super::meeting::Party;

/// What a `select` has decided, until the program carries it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(pub(super) u64);

/// Which of several arms that are ready is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Any of them: each is explored, and none costs a departure.
    Any,
    /// The first.
    First,
}

/// How long a `select` waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// It does not.
    Now,
    /// Until the virtual clock shows this.
    Clock(Duration),
    /// Until an arm is ready.
    Ready,
}

/// Waits until one of `arms` is ready and decides for it: its index, and the ticket with which the
/// program carries it out. Nothing if the wait is over before.
pub fn select(
    arms: &[&dyn Arm],
    order: Order,
    until: Until,
    place: Place,
) -> Option<(usize, Ticket)> {
    let select = Select {
        arms,
        me: runtime::lane(),
        place,
    };
    if until == Until::Now {
        let turn = runtime::look(place);
        return select.decide(turn, order);
    }
    if !arms.iter().any(|arm| arm.hands_over()) {
        let turn = select.wait(until, &|| false);
        return select.decide(turn, order);
    }
    let turn = runtime::turn(place, &Wait::none());
    if select.ready().next().is_some() {
        return select.decide(turn, order);
    }
    let party = Party::new();
    let enlisted = select.enlist(&party);
    turn.say(|note| note.what("waits in select"));
    let turn = select.wait(until, &|| party.met.get().is_some());
    match select.retire(&party, enlisted) {
        None => select.decide(turn, order),
        Some((arm, ticket)) => {
            runtime::told(select.me, 0);
            arms[arm].say(turn, false);
            Some((arm, ticket))
        }
    }
}

/// Waits until one of `arms` is ready: its index. Nothing if the wait is over before.
pub fn ready(arms: &[&dyn Arm], order: Order, until: Until, place: Place) -> Option<usize> {
    let select = Select {
        arms,
        me: runtime::lane(),
        place,
    };
    let turn = match until {
        Until::Now => runtime::look(place),
        until => select.wait(until, &|| false),
    };
    let arm = select.pick(order);
    runtime::looked(place, arm.map_or(0, |arm| arm as u64 + 1));
    runtime::told(select.me, arm.map_or(0, |arm| arm as u64 + 1));
    let found = if arm.is_some() { "an arm" } else { "nothing" };
    turn.say(|note| note.what(format!("finds {found} ready")));
    arm
}

struct Select<'a> {
    arms: &'a [&'a dyn Arm],
    me: LaneId,
    place: Place,
}

/// The closed channel that a lane has looked at last, for each `select` of the program.
#[derive(Default)]
struct LastArms(RefCell<HashMap<*const Location<'static>, usize>>);

impl Select<'_> {
    fn ready(&self) -> impl Iterator<Item = usize> {
        let arms = self.arms.iter().enumerate();
        arms.filter(|(_, arm)| arm.is_ready(self.me))
            .map(|(i, _)| i)
    }

    /// Whether all that is ready has been looked at again and again.
    fn is_vain(&self) -> bool {
        runtime::goes_in_circles(self.place)
            && self.ready().next().is_some()
            && self.ready().all(|arm| self.arms[arm].is_vain())
    }

    /// Waits until an arm is ready, another lane has `met` this one, or the time is over.
    fn wait(&self, until: Until, met: &dyn Fn() -> bool) -> Turn {
        let can_go_on = || met() || self.ready().next().is_some();
        let blocked = || self.blocked();
        let deadline = match until {
            Until::Clock(deadline) => Some(deadline),
            _ => None,
        };
        loop {
            let due = self.arms.iter().filter_map(|arm| arm.due());
            let patience = match due.chain(deadline).min() {
                _ if self.is_vain() => Patience::Yield,
                Some(due) => Patience::Until(due),
                None => Patience::Endless,
            };
            let wait = Wait::until(&can_go_on, &blocked).patience(patience);
            let turn = runtime::turn(self.place, &wait);
            let is_late = deadline.is_some_and(|deadline| deadline <= runtime::clock());
            // Another lane may have taken the tick that this one was to wake for.
            if can_go_on() || is_late {
                return turn;
            }
        }
    }

    /// Which arm is taken, if one is ready. As a real `select` does not prefer a closed channel for
    /// ever, neither does this: once it goes round in circles, closed channels come last, and
    /// take turns.
    fn pick(&self, order: Order) -> Option<usize> {
        let ready: Vec<usize> = self.ready().collect();
        if order == Order::First {
            return ready.first().copied();
        }
        let circles = runtime::goes_in_circles(self.place);
        let fresh = |arm: &&usize| !circles || !self.arms[**arm].is_vain();
        let fresh: Vec<usize> = ready.iter().filter(fresh).copied().collect();
        match fresh.len() {
            0 => self.next_in_turn(&ready),
            n => Some(fresh[runtime::choose(n, 0)]),
        }
    }

    fn next_in_turn(&self, ready: &[usize]) -> Option<usize> {
        let last = self.last_arms();
        let last = last.0.borrow().get(&ptr::from_ref(self.place)).copied();
        let after = ready.iter().find(|&&arm| Some(arm) > last);
        after.or(ready.first()).copied()
    }

    fn last_arms(&self) -> Rc<LastArms> {
        runtime::belonging(self.me, LastArms::default)
    }

    fn decide(&self, turn: Turn, order: Order) -> Option<(usize, Ticket)> {
        let Some(arm) = self.pick(order) else {
            runtime::looked(self.place, 0);
            runtime::told(self.me, 0);
            turn.say(|note| note.what("finds nothing ready"));
            return None;
        };
        let vain = self.arms[arm].is_vain();
        let ticket = self.arms[arm].claim(&turn, self.place);
        if vain {
            runtime::looked(self.place, 1);
            let last = self.last_arms();
            last.0.borrow_mut().insert(ptr::from_ref(self.place), arm);
        }
        self.arms[arm].say(turn, vain);
        Some((arm, ticket))
    }

    fn enlist(&self, party: &Rc<Party>) -> Vec<(usize, Ticket)> {
        let arms = self.arms.iter().enumerate();
        arms.filter_map(|(i, arm)| Some((i, arm.enlist(party, i)?)))
            .collect()
    }

    /// Ends the wait in all channels but the one where a partner has come.
    fn retire(&self, party: &Party, enlisted: Vec<(usize, Ticket)>) -> Option<(usize, Ticket)> {
        let mut met = None;
        for (arm, ticket) in enlisted {
            let is_met = party.met.get() == Some(arm);
            self.arms[arm].retire(ticket, is_met);
            if is_met {
                met = Some((arm, ticket));
            }
        }
        met
    }

    fn blocked(&self) -> Blocked {
        match self.arms {
            [] => Blocked::plain("waits in a select without arms"),
            [one] => one.blocked(self.me),
            arms => {
                let clauses: Vec<String> = arms
                    .iter()
                    .map(|arm| arm.blocked(self.me).named())
                    .collect();
                Blocked::plain(clauses.join(", or "))
            }
        }
    }
}
