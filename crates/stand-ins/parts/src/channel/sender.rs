//! The sending end.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use explore::runtime::{
    self, Blocked, LaneId, Object, Patience, Place, Released, Turn, Wait, Woke,
};

use super::core::{Claim, Core, Message, hash, patience};
use super::leaving::End;
use super::meeting::{Meeting, Party};
use super::select::Ticket;

/// A message that was not sent, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent<T> {
    /// Nobody receives any more.
    Closed(T),
    /// There is no room, or nobody waits for a message.
    Full(T),
    /// There was none until the end of the wait.
    TimedOut(T),
}

/// The sending end of a channel.
pub struct Sender<T> {
    pub(super) core: Arc<Core<T>>,
    id: u32,
}

impl<T> Sender<T> {
    pub(super) fn new(core: Arc<Core<T>>, place: Place) -> Self {
        let id = core.state.borrow_mut().senders.add(place);
        Sender { core, id }
    }

    /// Another sender of the same channel. No step: nobody can tell, as this one keeps the
    /// channel open.
    #[must_use]
    pub fn another(&self, place: Place) -> Self {
        Sender::new(self.core.clone(), place)
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

    /// Sends a message; waits for room, or for a receiver, until the virtual clock shows
    /// `deadline`.
    ///
    /// # Errors
    /// With the message, if nobody receives any more or the time is over.
    pub fn send(
        &self,
        value: T,
        place: Place,
        deadline: Option<Duration>,
    ) -> Result<(), Unsent<T>> {
        if self.core.hands_over() {
            return self.offer(value, place, deadline);
        }
        let ready = || self.can_send();
        let me = runtime::lane();
        let blocked = || self.blocked(me);
        let patience = patience(place, deadline, ready());
        let wait = Wait::until(&ready, &blocked).patience(patience);
        let turn = runtime::turn(place, &wait);
        self.used(place);
        if turn.woke() == Woke::TimedOut {
            return Err(Unsent::TimedOut(self.give_up(turn, value)));
        }
        if self.core.is_deserted() {
            return Err(Unsent::Closed(self.refuse(turn, value, place)));
        }
        self.push(turn, value);
        Ok(())
    }

    /// Sends a message if that can be done at once.
    ///
    /// # Errors
    /// With the message, otherwise.
    pub fn try_send(&self, value: T, place: Place) -> Result<(), Unsent<T>> {
        let turn = runtime::look(place);
        self.used(place);
        if self.core.is_deserted() {
            return Err(Unsent::Closed(self.refuse(turn, value, place)));
        }
        let want = self.core.state.borrow().wants.first(runtime::lane());
        match want {
            Some(want) => self.hand_over(turn, &want, Message::new(value)),
            None if self.core.has_room() => self.push(turn, value),
            None => {
                self.core.observe(&turn, &'f');
                runtime::looked(place, 0);
                let why = match self.core.hands_over() {
                    true => ": nobody waits for it",
                    false => ": it is full",
                };
                self.core.say(turn, "cannot send into", why);
                return Err(Unsent::Full(value));
            }
        }
        Ok(())
    }

    /// Whether a message can be sent, or refused, at once. For a condition to wait for.
    pub(super) fn can_send(&self) -> bool {
        self.core.is_deserted() || self.core.has_room()
    }

    /// How a reader is told that the lane `me` waits here.
    pub(super) fn blocked(&self, me: LaneId) -> Blocked {
        let (what, why) = match self.core.hands_over() {
            true => ("waits for a receiver of its message in", "nobody receives"),
            false => ("waits for room in", "nobody receives"),
        };
        let blocked = Blocked::on(&self.core.object, what).because(why);
        match self.core.state.borrow().receivers.lane() {
            Some(lane) if lane != me => blocked.counting_on(lane),
            _ => blocked,
        }
    }

    pub(super) fn used(&self, place: Place) {
        self.core.state.borrow_mut().senders.used(self.id, place);
    }

    /// Claims room for a message of a `select`, or learns that nobody receives any more.
    pub(super) fn claim(&self, turn: &Turn, place: Place) -> Ticket {
        self.used(place);
        let want = self.core.state.borrow().wants.first(turn.lane());
        if self.core.is_deserted() {
            self.core.state.borrow().receivers.acquire_end();
            self.core.observe(turn, &'e');
            return self.core.issue(Claim::Closed);
        }
        let claim = if let Some(want) = want {
            want.approach(Released::now().identity());
            self.core.state.borrow_mut().wants.remove(&want);
            Claim::Meeting(want)
        } else {
            self.core.reserve();
            Claim::Place
        };
        self.core.settle(turn, &'c');
        self.core.issue(claim)
    }

    /// Carries out what a `select` has decided.
    ///
    /// # Errors
    /// With the message, if nobody receives any more.
    ///
    /// # Panics
    /// If the ticket was not made for this channel, or was used before.
    pub fn redeem(&self, ticket: Ticket, value: T) -> Result<(), T> {
        let turn = runtime::aside(None);
        match self.core.redeem(ticket) {
            Some(Claim::Closed) => return Err(value),
            Some(Claim::Meeting(meeting)) => {
                meeting.acquire_receipt();
                meeting.fill(Message::new(value));
            }
            Some(Claim::Place) => self.core.enqueue(Message::new(value)),
            Some(Claim::Message(_)) | None => {
                panic!("passed a sender that wasn't selected")
            }
        }
        self.core.settle(&turn, &'s');
        Ok(())
    }

    fn push(&self, turn: Turn, value: T) {
        self.core.reserve();
        self.core.enqueue(Message::new(value));
        self.core.settle(&turn, &'s');
        let level = self.core.fill_level();
        self.core.say(turn, "sends into", &level);
    }

    fn refuse(&self, turn: Turn, value: T, place: Place) -> T {
        self.core.state.borrow().receivers.acquire_end();
        self.core.observe(&turn, &'e');
        runtime::looked(place, 1);
        turn.say(|note| {
            let name = note.name(&self.core.object);
            note.what(format!("cannot send into {name}: nobody receives any more"))
                .uses(&self.core.object)
                .lost()
        });
        value
    }

    fn give_up(&self, turn: Turn, value: T) -> T {
        self.core.observe(&turn, &'t');
        self.core.say(turn, "gives up sending into", "");
        value
    }

    /// Sends where nothing is stored.
    fn offer(&self, value: T, place: Place, deadline: Option<Duration>) -> Result<(), Unsent<T>> {
        let turn = runtime::turn(place, &Wait::none());
        self.used(place);
        if self.core.is_deserted() {
            return Err(Unsent::Closed(self.refuse(turn, value, place)));
        }
        let message = Message::new(value);
        let want = self.core.state.borrow().wants.first(turn.lane());
        if let Some(want) = want {
            self.hand_over(turn, &want, message);
            return Ok(());
        }
        let offer = Meeting::new(&Party::new(), 0, Some(message));
        self.core.state.borrow_mut().offers.push(offer.clone());
        self.core.settle(&turn, &'s');
        self.core.say(turn, "offers a message in", "");
        let ready = || offer.is_met() || self.core.is_deserted();
        let me = runtime::lane();
        let blocked = || self.blocked(me);
        let patience = deadline.map_or(Patience::Settled, Patience::Until);
        let wait = Wait::until(&ready, &blocked).patience(patience);
        let turn = runtime::turn(place, &wait);
        self.core.state.borrow_mut().offers.remove(&offer);
        self.core.changed(&turn);
        if offer.is_met() {
            offer.acquire_receipt();
            runtime::told(turn.lane(), 0);
            self.core.say(turn, "has handed over its message in", "");
            return Ok(());
        }
        let value = offer
            .take()
            .expect("an offer that nobody met keeps its message")
            .value;
        Err(if turn.woke() == Woke::TimedOut {
            Unsent::TimedOut(self.give_up(turn, value))
        } else {
            Unsent::Closed(self.refuse(turn, value, place))
        })
    }

    /// Hands a message to a receiver that waits.
    fn hand_over(&self, turn: Turn, want: &Rc<Meeting<T>>, message: Message<T>) {
        want.approach(message.identity());
        want.fill(message);
        self.core.state.borrow_mut().wants.remove(want);
        self.core.settle(&turn, &'s');
        // The same as for a sender that has waited: which of the two came first does not matter.
        runtime::told(turn.lane(), hash(&(0_usize, 0_u64)));
        runtime::told(turn.lane(), 0);
        let to = want.lane();
        turn.say(|note| {
            let name = note.name(&self.core.object);
            let to_name = runtime::lane_name(to);
            note.what(format!("hands a message to {to_name} in {name}"))
                .uses(&self.core.object)
                .wakes(to)
        });
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.core.leave(End::Sender(self.id));
    }
}
