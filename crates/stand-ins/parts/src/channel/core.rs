//! What the two ends of a channel share.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;
use std::time::Duration;

use explore::runtime::{self, Edge, Object, Patience, Place, Released, Touch, Turn};

use super::meeting::{Meeting, Meetings};
use super::select::Ticket;
use crate::Handles;

/// What becomes of the messages that nobody will receive, once the last receiver is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leftovers {
    /// They are dropped at once.
    Dropped,
    /// They are kept as long as there are senders.
    Kept,
}

/// A message on its way.
pub(super) struct Message<T> {
    pub value: T,
    pub released: Released,
}

impl<T> Message<T> {
    /// The current lane sends this.
    pub fn new(value: T) -> Self {
        Message {
            value,
            released: Released::now(),
        }
    }

    /// Which message this is, in terms of its sender.
    pub fn identity(&self) -> u64 {
        self.released.identity()
    }
}

pub(super) struct Core<T> {
    pub object: Object,
    pub capacity: Option<usize>,
    pub(super) leftovers: Leftovers,
    pub state: RefCell<State<T>>,
}

// SAFETY: a world runs on one operating system thread, and `Object::index`, which every operation
// goes through before it touches the cell, refuses an object that another world knows. Outside a
// world nothing but `Drop` runs, which then leaves the cell alone. So the cell is never touched
// from two threads at once; what it holds leaves it by value.
#[expect(
    unsafe_code,
    reason = "the two ends of a channel belong to different threads"
)]
unsafe impl<T: Send> Send for Core<T> {}
// SAFETY: as above.
#[expect(
    unsafe_code,
    reason = "the two ends of a channel belong to different threads"
)]
unsafe impl<T: Send> Sync for Core<T> {}

pub(super) struct State<T> {
    pub(super) queue: VecDeque<Message<T>>,
    /// For each place that was emptied and not filled again: the receiver at that moment.
    vacated: VecDeque<Released>,
    /// Places that a `select` has taken and not filled yet.
    reserved: usize,
    pub senders: Handles,
    pub receivers: Handles,
    /// Senders that wait to hand over, and receivers that wait for one.
    pub offers: Meetings<T>,
    pub wants: Meetings<T>,
    /// What `select` has decided and the program has not carried out yet.
    tickets: Vec<(Ticket, Claim<T>)>,
    next_ticket: u64,
}

/// What an arm of a `select` has a right to.
pub(super) enum Claim<T> {
    Message(Message<T>),
    Place,
    Closed,
    Meeting(Rc<Meeting<T>>),
}

impl<T> Core<T> {
    pub fn new(capacity: Option<usize>, leftovers: Leftovers, place: Place) -> Self {
        Core {
            object: Object::new("channel", place),
            capacity,
            leftovers,
            state: RefCell::new(State {
                queue: VecDeque::new(),
                vacated: VecDeque::new(),
                reserved: 0,
                senders: Handles::new("sender"),
                receivers: Handles::new("receiver"),
                offers: Meetings::new(),
                wants: Meetings::new(),
                tickets: Vec::new(),
                next_ticket: 0,
            }),
        }
    }

    pub fn hands_over(&self) -> bool {
        self.capacity == Some(0)
    }

    pub fn len(&self) -> usize {
        self.state.borrow().queue.len()
    }

    pub fn has_room(&self) -> bool {
        let state = self.state.borrow();
        self.capacity
            .is_none_or(|capacity| state.queue.len() + state.reserved < capacity)
    }

    /// Whether nobody receives any more.
    pub fn is_deserted(&self) -> bool {
        self.state.borrow().receivers.is_empty()
    }

    /// Whether nobody sends any more.
    pub fn is_over(&self) -> bool {
        self.state.borrow().senders.is_empty()
    }

    /// Takes a place of the queue.
    pub fn reserve(&self) {
        let mut state = self.state.borrow_mut();
        state.reserved += 1;
        let vacated = state.vacated.pop_front();
        drop(state);
        if let Some(vacated) = vacated {
            vacated.acquire();
        }
    }

    /// Fills the place that was taken.
    pub fn enqueue(&self, message: Message<T>) {
        let mut state = self.state.borrow_mut();
        state.reserved -= 1;
        state.queue.push_back(message);
    }

    /// Takes the oldest message out of the queue.
    pub fn dequeue(&self) -> Option<Message<T>> {
        let mut state = self.state.borrow_mut();
        let message = state.queue.pop_front()?;
        if self.capacity.is_some() {
            state.vacated.push_back(Released::now());
        }
        Some(message)
    }

    /// The operation of `turn` has observed `what` and changed nothing.
    pub fn observe(&self, turn: &Turn, what: &impl Hash) {
        turn.touch(&self.object, Touch::Saw(hash(what)), Edge::None);
    }

    /// The operation of `turn` has observed `what` and left the channel as it is now.
    pub fn settle(&self, turn: &Turn, what: &impl Hash) {
        self.observe(turn, what);
        self.changed(turn);
    }

    /// The channel has changed.
    pub fn changed(&self, turn: &Turn) {
        turn.becomes(&self.object, self.state.borrow().digest());
    }

    /// A note about the channel: `{before} {name}{after}`.
    pub fn say(&self, turn: Turn, before: &str, after: &str) {
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("{before} {name}{after}"))
                .uses(&self.object)
        });
    }

    /// How full the channel is: ` (1 of 2 full)`.
    pub fn fill_level(&self) -> String {
        match self.capacity {
            Some(capacity) => format!(" ({} of {capacity} full)", self.len()),
            None => String::new(),
        }
    }

    /// Looks at the channel: `{before} {name}{after}` says what was found.
    pub fn query(&self, place: Place, found: impl Fn(&Self) -> (u64, String)) -> u64 {
        let turn = runtime::look(place);
        let (value, text) = found(self);
        self.observe(&turn, &value);
        runtime::looked(place, value);
        self.say(turn, &text, "");
        value
    }

    /// How many messages are there, as a step of its own.
    pub fn count(&self, place: Place) -> usize {
        let found = |core: &Self| match core.len() {
            1 => (1, "counts 1 message in".to_owned()),
            n => (n as u64, format!("counts {n} messages in")),
        };
        self.query(place, found) as usize
    }

    /// Whether there is room for no more, as a step of its own.
    pub fn lacks_room(&self, place: Place) -> bool {
        let found = |core: &Self| match core.has_room() {
            true => (0, "finds room in".to_owned()),
            false => (1, "finds no room in".to_owned()),
        };
        self.query(place, found) != 0
    }

    /// Keeps a claim for the end that made it.
    pub fn issue(&self, claim: Claim<T>) -> Ticket {
        let mut state = self.state.borrow_mut();
        state.next_ticket += 1;
        let ticket = Ticket(state.next_ticket);
        state.tickets.push((ticket, claim));
        ticket
    }

    /// Keeps the meeting of a ticket that was taken back.
    pub fn reissue(&self, ticket: Ticket, meeting: Rc<Meeting<T>>) {
        let mut state = self.state.borrow_mut();
        state.tickets.push((ticket, Claim::Meeting(meeting)));
    }

    /// Takes back what a ticket stands for.
    pub fn redeem(&self, ticket: Ticket) -> Option<Claim<T>> {
        let mut state = self.state.borrow_mut();
        let at = state.tickets.iter().position(|(t, _)| *t == ticket)?;
        Some(state.tickets.swap_remove(at).1)
    }
}

impl<T> State<T> {
    /// Names the state: all that the operations to come can tell.
    fn digest(&self) -> u64 {
        let queue: Vec<u64> = self.queue.iter().map(Message::identity).collect();
        let vacated: Vec<u64> = self.vacated.iter().map(Released::learned).collect();
        let learned = vacated.iter().any(|&learned| learned != 0);
        let ends = (
            self.senders.count(),
            self.receivers.count(),
            self.senders.learned(),
            self.receivers.learned(),
        );
        let waiting = hash(&(self.offers.state(), self.wants.state()));
        hash(&(
            queue,
            learned.then_some(vacated),
            self.reserved,
            ends,
            waiting,
        ))
    }
}

pub(super) fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// How to wait for an operation at `place` that is ready already, or not: one that has failed at
/// once again and again, because the other end is gone, gives way first.
pub(super) fn patience(place: Place, deadline: Option<Duration>, ready: bool) -> Patience {
    if ready && runtime::goes_in_circles(place) {
        return Patience::Yield;
    }
    deadline.map_or(Patience::Endless, Patience::Until)
}
