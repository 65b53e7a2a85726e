//! What can stand in a `select`: to send, to receive, to wait for a moment.

use std::rc::Rc;
use std::time::Duration;

use explore::runtime::{self, Blocked, LaneId, Place, Turn};

use super::core::{Claim, Core};
use super::meeting::{Meeting, Party};
use super::select::Ticket;
use super::{Receiver, Sender, Timer};

/// One arm of a `select`.
pub trait Arm {
    /// Whether it can be done at once by `lane`.
    fn is_ready(&self, lane: LaneId) -> bool;
    /// Whether it is ready only because the other end is gone.
    fn is_vain(&self) -> bool {
        false
    }
    /// When it will be ready, where that is known.
    fn due(&self) -> Option<Duration> {
        None
    }
    /// Decides for this arm, which is ready.
    fn claim(&self, turn: &Turn, place: Place) -> Ticket;
    /// Whether its channel stores nothing, so that it has to wait for a partner.
    fn hands_over(&self) -> bool {
        false
    }
    /// Waits for one.
    fn enlist(&self, _: &Rc<Party>, _arm: usize) -> Option<Ticket> {
        None
    }
    /// Waits no more; the ticket stays good if a partner was met.
    fn retire(&self, _: Ticket, _is_met: bool) {}
    /// How a reader is told that `lane` waits for it.
    fn blocked(&self, lane: LaneId) -> Blocked;
    /// Tells a reader that it was taken, in vain or not.
    fn say(&self, turn: Turn, vain: bool);
}

impl<T> Arm for Receiver<T> {
    fn is_ready(&self, lane: LaneId) -> bool {
        self.can_recv() || self.core.state.borrow().offers.first(lane).is_some()
    }

    fn is_vain(&self) -> bool {
        self.core.len() == 0 && self.core.is_over()
    }

    fn claim(&self, turn: &Turn, place: Place) -> Ticket {
        self.claim(turn, place)
    }

    fn hands_over(&self) -> bool {
        self.core.hands_over()
    }

    fn enlist(&self, party: &Rc<Party>, arm: usize) -> Option<Ticket> {
        self.core.hands_over().then(|| {
            let want = Meeting::new(party, arm, None);
            self.core.state.borrow_mut().wants.push(want.clone());
            enlisted(&self.core, want)
        })
    }

    fn retire(&self, ticket: Ticket, is_met: bool) {
        let claim = self.core.redeem(ticket);
        let Some(Claim::Meeting(want)) = claim else {
            return;
        };
        self.core.state.borrow_mut().wants.remove(&want);
        if is_met {
            self.core.reissue(ticket, want);
        }
        self.core.changed(&runtime::aside(None));
    }

    fn blocked(&self, lane: LaneId) -> Blocked {
        self.blocked(lane)
    }

    fn say(&self, turn: Turn, vain: bool) {
        let (before, after) = match vain {
            true => ("receives nothing:", " is closed"),
            false => ("receives from", ""),
        };
        self.core.say(turn, before, after);
    }
}

impl<T> Arm for Sender<T> {
    fn is_ready(&self, lane: LaneId) -> bool {
        self.can_send() || self.core.state.borrow().wants.first(lane).is_some()
    }

    fn is_vain(&self) -> bool {
        self.core.is_deserted()
    }

    fn claim(&self, turn: &Turn, place: Place) -> Ticket {
        self.claim(turn, place)
    }

    fn hands_over(&self) -> bool {
        self.core.hands_over()
    }

    fn enlist(&self, party: &Rc<Party>, arm: usize) -> Option<Ticket> {
        self.core.hands_over().then(|| {
            let offer = Meeting::new(party, arm, None);
            self.core.state.borrow_mut().offers.push(offer.clone());
            enlisted(&self.core, offer)
        })
    }

    fn retire(&self, ticket: Ticket, is_met: bool) {
        let claim = self.core.redeem(ticket);
        let Some(Claim::Meeting(offer)) = claim else {
            return;
        };
        self.core.state.borrow_mut().offers.remove(&offer);
        if is_met {
            self.core.reissue(ticket, offer);
        }
        self.core.changed(&runtime::aside(None));
    }

    fn blocked(&self, lane: LaneId) -> Blocked {
        self.blocked(lane)
    }

    fn say(&self, turn: Turn, vain: bool) {
        let (before, after) = match vain {
            true => ("cannot send into", ": nobody receives any more"),
            false => ("sends into", ""),
        };
        self.core.say(turn, before, after);
    }
}

fn enlisted<T>(core: &Core<T>, meeting: Rc<Meeting<T>>) -> Ticket {
    core.changed(&runtime::aside(None));
    core.issue(Claim::Meeting(meeting))
}

impl Arm for Timer {
    fn is_ready(&self, _: LaneId) -> bool {
        self.is_due()
    }

    fn due(&self) -> Option<Duration> {
        self.next()
    }

    fn claim(&self, turn: &Turn, _: Place) -> Ticket {
        // The moment is all there is to receive: the ticket is the message.
        Ticket(self.take(turn).as_nanos() as u64)
    }

    fn blocked(&self, _: LaneId) -> Blocked {
        self.blocked()
    }

    fn say(&self, turn: Turn, _: bool) {
        self.tell(turn, "receives from");
    }
}

impl Timer {
    /// The moment that a `select` has received.
    pub fn redeem(&self, ticket: Ticket) -> Duration {
        Duration::from_nanos(ticket.0)
    }
}
