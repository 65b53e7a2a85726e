//! Lanes that wait for a partner in a channel that stores nothing.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::hash::Hash;
use std::rc::Rc;

use explore::runtime::{self, LaneId, Released};

use super::core::{Message, hash};

/// A lane that waits in one or several channels: whoever meets it first ends its wait.
pub struct Party {
    pub(super) lane: LaneId,
    /// Which of its arms was met.
    pub(super) met: Cell<Option<usize>>,
}

impl Party {
    /// The current lane.
    pub(super) fn new() -> Rc<Self> {
        Rc::new(Party {
            lane: runtime::lane(),
            met: Cell::new(None),
        })
    }
}

/// One arm of a waiting lane, in the channel where it waits.
pub(super) struct Meeting<T> {
    party: Rc<Party>,
    arm: usize,
    /// The lane as it was when it began to wait.
    released: Released,
    /// What is handed over, as soon as it is there.
    message: RefCell<Option<Message<T>>>,
    /// The receiver as it was when it took the message.
    receipt: RefCell<Option<Released>>,
}

impl<T> Meeting<T> {
    pub fn new(party: &Rc<Party>, arm: usize, message: Option<Message<T>>) -> Rc<Self> {
        Rc::new(Meeting {
            party: party.clone(),
            arm,
            released: Released::now(),
            message: RefCell::new(message),
            receipt: RefCell::default(),
        })
    }

    /// Whether a partner has come for this arm.
    pub fn is_met(&self) -> bool {
        self.party.met.get() == Some(self.arm)
    }

    /// Whether the message is there.
    pub fn is_full(&self) -> bool {
        self.message.borrow().is_some()
    }

    pub fn lane(&self) -> LaneId {
        self.party.lane
    }

    /// The current lane, a receiver, takes what a waiting sender offers. Which message that is,
    /// unless the sender is still making it up.
    pub fn accept(&self) -> Option<u64> {
        let receipt = Released::now();
        self.meet(receipt.learned());
        self.receipt.replace(Some(receipt));
        self.message.borrow().as_ref().map(Message::identity)
    }

    /// The current lane, a sender, meets a waiting receiver; `message` says which message that
    /// will get.
    pub fn approach(&self, message: u64) {
        self.released.acquire();
        self.meet(message);
    }

    fn meet(&self, what: u64) {
        self.party.met.set(Some(self.arm));
        runtime::told(self.party.lane, hash(&(self.arm, what)));
    }

    /// Puts the message there.
    pub fn fill(&self, message: Message<T>) {
        self.message.replace(Some(message));
    }

    pub fn take(&self) -> Option<Message<T>> {
        self.message.take()
    }

    /// The current lane, a sender, sees what its receiver had done.
    pub fn acquire_receipt(&self) {
        if let Some(receipt) = self.receipt.take() {
            receipt.acquire();
        }
    }
}

/// Lanes that wait in one direction, first come first served.
pub(super) struct Meetings<T>(VecDeque<Rc<Meeting<T>>>);

impl<T> Meetings<T> {
    pub fn new() -> Self {
        Meetings(VecDeque::new())
    }

    pub fn push(&mut self, meeting: Rc<Meeting<T>>) {
        self.0.push_back(meeting);
    }

    pub fn remove(&mut self, meeting: &Rc<Meeting<T>>) {
        self.0.retain(|other| !Rc::ptr_eq(other, meeting));
    }

    /// The first that nobody has met yet and that is not an arm of `lane` itself.
    pub fn first(&self, lane: LaneId) -> Option<Rc<Meeting<T>>> {
        let mut free = self
            .0
            .iter()
            .filter(|meeting| meeting.party.met.get().is_none() && meeting.party.lane != lane);
        free.next().cloned()
    }

    /// Who waits, in order: a part of the state.
    pub fn state(&self) -> impl Hash + use<T> {
        let free = self
            .0
            .iter()
            .filter(|meeting| meeting.party.met.get().is_none());
        free.map(|meeting| (meeting.released.identity(), meeting.arm))
            .collect::<Vec<_>>()
    }
}
