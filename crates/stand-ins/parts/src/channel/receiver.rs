//! The receiving end.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use explore::runtime::{self, Blocked, LaneId, Object, Patience, Place, Turn, Wait, Woke};

use super::core::{Claim, Core, Message, hash, patience};
use super::leaving::End;
use super::meeting::{Meeting, Party};
use super::select::Ticket;

/// Why there is no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreceived {
    /// Nobody sends any more, and all that was sent has been received.
    Closed,
    /// There is none at the moment.
    Empty,
    /// There was none until the end of the wait.
    TimedOut,
}

/// The receiving end of a channel.
pub struct Receiver<T> {
    pub(super) core: Arc<Core<T>>,
    id: u32,
}

impl<T> Receiver<T> {
    pub(super) fn new(core: Arc<Core<T>>, place: Place) -> Self {
        let id = core.state.borrow_mut().receivers.add(place);
        Receiver { core, id }
    }

    /// Another receiver of the same channel: each message goes to one of them.
    #[must_use]
    pub fn another(&self, place: Place) -> Self {
        Receiver::new(self.core.clone(), place)
    }

    /// How many messages there are, as a step of its own.
    pub fn len(&self, place: Place) -> usize {
        self.core.count(place)
    }

    /// Whether no more fits in, as a step of its own.
    pub fn is_full(&self, place: Place) -> bool {
        self.core.lacks_room(place)
    }

    /// How many messages fit in, if there is a limit.
    pub fn capacity(&self) -> Option<usize> {
        self.core.capacity
    }

    /// Whether both belong to one channel.
    pub fn same_channel(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.core, &other.core)
    }

    /// What the explorer knows the channel by.
    pub fn object(&self) -> &Object {
        &self.core.object
    }

    /// Receives a message; waits for one until the virtual clock shows `deadline`.
    ///
    /// # Errors
    /// If nobody sends any more or the time is over.
    pub fn recv(&self, place: Place, deadline: Option<Duration>) -> Result<T, Unreceived> {
        if self.core.hands_over() {
            return self.want(place, deadline);
        }
        let ready = || self.can_recv();
        let me = runtime::lane();
        let blocked = || self.blocked(me);
        let patience = patience(place, deadline, ready());
        let wait = Wait::until(&ready, &blocked).patience(patience);
        let turn = runtime::turn(place, &wait);
        self.used(place);
        if turn.woke() == Woke::TimedOut {
            return Err(self.give_up(turn));
        }
        match self.core.dequeue() {
            Some(message) => Ok(self.accept(turn, message)),
            None => Err(self.end(turn, place)),
        }
    }

    /// Receives a message if there is one.
    ///
    /// # Errors
    /// If there is none.
    pub fn try_recv(&self, place: Place) -> Result<T, Unreceived> {
        let turn = runtime::look(place);
        self.used(place);
        if let Some(message) = self.core.dequeue() {
            return Ok(self.accept(turn, message));
        }
        let offer = self.core.state.borrow().offers.first(turn.lane());
        if let Some(offer) = offer {
            return Ok(self.meet(turn, &offer, place));
        }
        if self.core.is_over() {
            return Err(self.end(turn, place));
        }
        self.core.observe(&turn, &'n');
        runtime::looked(place, 0);
        self.core.say(turn, "finds no message in", "");
        Err(Unreceived::Empty)
    }

    /// Whether there is a message, or none will come. For a condition to wait for.
    pub(super) fn can_recv(&self) -> bool {
        self.core.len() > 0 || self.core.is_over()
    }

    /// How a reader is told that the lane `me` waits here.
    pub(super) fn blocked(&self, me: LaneId) -> Blocked {
        let blocked = Blocked::on(&self.core.object, "waits for a message in");
        let state = self.core.state.borrow();
        let blocked = match state.senders.why_open() {
            Some(why) => blocked.because(why),
            None => blocked,
        };
        match state.senders.lane() {
            Some(lane) if lane != me => blocked.counting_on(lane),
            _ => blocked,
        }
    }

    pub(super) fn used(&self, place: Place) {
        self.core.state.borrow_mut().receivers.used(self.id, place);
    }

    /// Claims a message for a `select`, or learns that none will come.
    pub(super) fn claim(&self, turn: &Turn, place: Place) -> Ticket {
        self.used(place);
        let offer = self.core.state.borrow().offers.first(turn.lane());
        let claim = if let Some(message) = self.core.dequeue() {
            message.released.acquire();
            self.core.settle(turn, &message.identity());
            Claim::Message(message)
        } else if let Some(offer) = offer {
            let identity = offer.accept();
            self.core.state.borrow_mut().offers.remove(&offer);
            self.core.settle(turn, &identity);
            Claim::Meeting(offer)
        } else {
            self.core.state.borrow().senders.acquire_end();
            self.core.observe(turn, &'e');
            Claim::Closed
        };
        self.core.issue(claim)
    }

    /// Carries out what a `select` has decided.
    ///
    /// # Errors
    /// If nobody sends any more.
    ///
    /// # Panics
    /// If the ticket was not made for this channel, or was used before.
    pub fn redeem(&self, ticket: Ticket, place: Place) -> Result<T, Unreceived> {
        match self.core.redeem(ticket) {
            Some(Claim::Message(message)) => Ok(message.value),
            Some(Claim::Meeting(meeting)) => Ok(self.wait_for(&meeting, place)),
            Some(Claim::Closed) => Err(Unreceived::Closed),
            Some(Claim::Place) | None => panic!("passed a receiver that wasn't selected"),
        }
    }

    fn accept(&self, turn: Turn, message: Message<T>) -> T {
        message.released.acquire();
        self.core.settle(&turn, &message.identity());
        self.core.say(turn, "receives from", "");
        message.value
    }

    fn end(&self, turn: Turn, place: Place) -> Unreceived {
        self.core.state.borrow().senders.acquire_end();
        self.core.observe(&turn, &'e');
        runtime::looked(place, 1);
        turn.say(|note| {
            let name = note.name(&self.core.object);
            note.what(format!("receives nothing: {name} is closed"))
                .uses(&self.core.object)
        });
        Unreceived::Closed
    }

    fn give_up(&self, turn: Turn) -> Unreceived {
        self.core.observe(&turn, &'t');
        self.core.say(turn, "gives up waiting for a message in", "");
        Unreceived::TimedOut
    }

    /// Receives where nothing is stored.
    fn want(&self, place: Place, deadline: Option<Duration>) -> Result<T, Unreceived> {
        let turn = runtime::turn(place, &Wait::none());
        self.used(place);
        let offer = self.core.state.borrow().offers.first(turn.lane());
        if let Some(offer) = offer {
            return Ok(self.meet(turn, &offer, place));
        }
        if self.core.is_over() {
            return Err(self.end(turn, place));
        }
        let want = Meeting::new(&Party::new(), 0, None);
        self.core.state.borrow_mut().wants.push(want.clone());
        self.core.settle(&turn, &'r');
        self.core.say(turn, "waits for a message in", "");
        let ready = || want.is_met() || self.core.is_over();
        let me = runtime::lane();
        let blocked = || self.blocked(me);
        let patience = deadline.map_or(Patience::Settled, Patience::Until);
        let wait = Wait::until(&ready, &blocked).patience(patience);
        let turn = runtime::turn(place, &wait);
        self.core.state.borrow_mut().wants.remove(&want);
        self.core.changed(&turn);
        if want.is_met() {
            runtime::told(turn.lane(), 0);
            let value = self.wait_for(&want, place);
            self.core.say(turn, "receives from", "");
            return Ok(value);
        }
        Err(if turn.woke() == Woke::TimedOut {
            self.give_up(turn)
        } else {
            self.end(turn, place)
        })
    }

    /// Takes what a waiting sender offers.
    fn meet(&self, turn: Turn, offer: &Rc<Meeting<T>>, place: Place) -> T {
        let identity = offer.accept().unwrap_or(0);
        self.core.state.borrow_mut().offers.remove(offer);
        // Which of the two came first does not matter: see `Sender::hand_over`.
        self.core.settle(&turn, &'r');
        runtime::told(turn.lane(), hash(&(0_usize, identity)));
        runtime::told(turn.lane(), 0);
        let from = offer.lane();
        turn.say(|note| {
            let name = note.name(&self.core.object);
            let from_name = runtime::lane_name(from);
            note.what(format!("receives from {name}, which {from_name} offers"))
                .uses(&self.core.object)
                .wakes(from)
        });
        self.wait_for(offer, place)
    }

    /// Takes the message of a meeting. Its sender may still be making it up, in a `select`.
    fn wait_for(&self, meeting: &Rc<Meeting<T>>, place: Place) -> T {
        let promised = !meeting.is_full();
        if promised {
            let ready = || meeting.is_full();
            let blocked = || Blocked::on(&self.core.object, "waits for the message promised in");
            let wait = Wait::until(&ready, &blocked).patience(Patience::Settled);
            let _ = runtime::turn(place, &wait);
        }
        let message = meeting.take().expect("the message is there");
        if promised {
            runtime::told(runtime::lane(), message.identity());
        }
        message.released.acquire();
        message.value
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.core.leave(End::Receiver(self.id));
    }
}
