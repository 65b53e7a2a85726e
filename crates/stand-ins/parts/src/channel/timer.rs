//! Channels that time sends into: once, again and again, or never.

use std::cell::Cell;
use std::time::Duration;

use explore::runtime::{self, Blocked, Edge, Object, Patience, Place, Touch, Turn, Wait};

use super::receiver::Unreceived;

/// A receiver of moments on the virtual clock.
pub struct Timer {
    object: Object,
    /// When the next message comes.
    next: Cell<Option<Duration>>,
    period: Option<Duration>,
    /// Whether it was made so that no message ever comes.
    is_silent: bool,
}

// SAFETY: a world runs on one operating system thread, and `Object::index`, which every operation
// goes through before it touches the cell, refuses an object that another world knows.
#[expect(unsafe_code, reason = "lanes share the receiver of a timer")]
unsafe impl Send for Timer {}
// SAFETY: as above.
#[expect(unsafe_code, reason = "lanes share the receiver of a timer")]
unsafe impl Sync for Timer {}

impl Timer {
    /// A message when the virtual clock shows `first`, if it ever does, and then one every
    /// `period`.
    pub fn new(
        kind: &'static str,
        first: Option<Duration>,
        period: Option<Duration>,
        place: Place,
    ) -> Self {
        Timer {
            object: Object::new(kind, place),
            next: Cell::new(first),
            period,
            is_silent: first.is_none(),
        }
    }

    /// Receives the moment at which the message was sent; waits for it until the virtual clock
    /// shows `deadline`.
    ///
    /// # Errors
    /// If the time is over before.
    pub fn recv(&self, place: Place, deadline: Option<Duration>) -> Result<Duration, Unreceived> {
        let ready = || self.is_due();
        let blocked = || self.blocked();
        let until = [self.next.get(), deadline].into_iter().flatten().min();
        let patience = until.map_or(Patience::Endless, Patience::Until);
        let turn = runtime::turn(place, &Wait::until(&ready, &blocked).patience(patience));
        if self.is_due() {
            let due = self.take(&turn);
            self.tell(turn, "receives from");
            return Ok(due);
        }
        self.look(&turn);
        self.tell(turn, "gives up waiting for");
        Err(Unreceived::TimedOut)
    }

    /// Receives the message if its time has come.
    ///
    /// # Errors
    /// If it has not.
    pub fn try_recv(&self, place: Place) -> Result<Duration, Unreceived> {
        let turn = runtime::look(place);
        if self.is_due() {
            let due = self.take(&turn);
            self.tell(turn, "receives from");
            return Ok(due);
        }
        self.look(&turn);
        runtime::looked(place, 0);
        self.tell(turn, "finds no message in");
        Err(Unreceived::Empty)
    }

    /// How many messages there are, 0 or 1, as a step of its own.
    pub fn len(&self, place: Place) -> usize {
        let turn = runtime::look(place);
        let due = self.is_due();
        turn.touch(&self.object, Touch::Saw(due.into()), Edge::None);
        runtime::looked(place, due.into());
        self.tell(
            turn,
            if due {
                "finds a message in"
            } else {
                "finds no message in"
            },
        );
        due.into()
    }

    /// How many messages fit in: none where none ever comes.
    pub fn capacity(&self) -> usize {
        usize::from(!self.is_silent)
    }

    /// Whether a message is there.
    pub fn is_due(&self) -> bool {
        self.next.get().is_some_and(|next| next <= runtime::clock())
    }

    pub(super) fn next(&self) -> Option<Duration> {
        self.next.get()
    }

    pub(super) fn blocked(&self) -> Blocked {
        Blocked::on(&self.object, "waits for")
    }

    /// What the explorer knows it by.
    pub fn object(&self) -> &Object {
        &self.object
    }

    /// Takes the message out. The clock has reached it.
    pub(super) fn take(&self, turn: &Turn) -> Duration {
        let due = self.next.get().unwrap_or_default();
        // Ticks do not pile up: the next one counts from when this one was received.
        let from = due.max(runtime::clock());
        let next = self.period.and_then(|period| from.checked_add(period));
        self.next.set(next);
        turn.touch(&self.object, Touch::Saw(due.as_nanos() as u64), Edge::None);
        let next = next.map_or(u64::MAX, |next| next.as_nanos() as u64);
        turn.becomes(&self.object, next);
        due
    }

    fn look(&self, turn: &Turn) {
        turn.touch(&self.object, Touch::Saw(u64::MAX), Edge::None);
    }

    pub(super) fn tell(&self, turn: Turn, before: &str) {
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("{before} {name}")).uses(&self.object)
        });
    }
}
