//! A lock that many may share or one may have alone.

use std::cell::Cell;
use std::time::Duration;

use explore::runtime::{self, Blocked, Edge, Object, Patience, Place, Touch, Turn, Wait, Woke};

/// The state of a lock for readers and writers.
///
/// A reader that comes while a writer waits is kept waiting, so a recursive read can deadlock, as
/// the libraries warn. Nothing is lost by that rule: a writer queues up in a step of its own, and
/// every schedule in which a reader would overtake it is also one in which the writer queues up
/// after that reader.
///
/// Readers change the lock in ways that commute ([`Touch::Share`]): that somebody reads is known
/// from what each lane has done, and whether a writer came before or after from what it saw.
#[derive(Debug)]
pub struct SharedLock {
    pub(crate) object: Object,
    pub(crate) readers: Cell<usize>,
    /// One reader may have the right to become the writer.
    pub(crate) upgradable: Cell<bool>,
    pub(crate) writer: Cell<bool>,
    /// Writers that have queued up.
    pub(crate) waiting: Cell<usize>,
}

/// Whether a reader waits behind writers that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manners {
    /// As every reader should.
    Polite,
    /// It may hold the lock already.
    Recursive,
}

impl SharedLock {
    /// A free lock of the type that readers know as `kind`.
    pub const fn new(kind: &'static str, made: Place) -> Self {
        SharedLock {
            object: Object::new(kind, made),
            readers: Cell::new(0),
            upgradable: Cell::new(false),
            writer: Cell::new(false),
            waiting: Cell::new(0),
        }
    }

    /// What the explorer knows it by.
    pub fn object(&self) -> &Object {
        &self.object
    }

    /// Takes the lock to read; waits until `deadline` at most. Whether it was taken.
    pub fn read(&self, place: Place, manners: Manners, deadline: Option<Duration>) -> bool {
        self.object.claim();
        let ready = || self.may_read(manners);
        let blocked = || Blocked::on(&self.object, self.why_not_read());
        let turn = self.turn(place, &ready, &blocked, deadline);
        if turn.woke() == Woke::TimedOut {
            self.give_up(turn, "read");
            return false;
        }
        self.begin_to_read(turn);
        true
    }

    /// Takes the lock to read if it can be had at once. Whether it could.
    pub fn try_read(&self, place: Place, manners: Manners) -> bool {
        self.object.claim();
        let turn = runtime::look(place);
        let ready = self.may_read(manners);
        match ready {
            true => self.begin_to_read(turn),
            false => self.tried(turn, place, "read"),
        }
        ready
    }

    /// Takes the lock to write; waits until `deadline` at most. Whether it was taken.
    pub fn write(&self, place: Place, deadline: Option<Duration>) -> bool {
        self.object.claim();
        let ready = || !self.writer.get() && !self.upgradable.get();
        let blocked = || Blocked::on(&self.object, "waits to write");
        let turn = self.turn(place, &ready, &blocked, deadline);
        if turn.woke() == Woke::TimedOut {
            self.give_up(turn, "write");
            return false;
        }
        if self.readers.get() == 0 {
            self.begin_to_write(turn);
            return true;
        }
        self.queue_up(turn);
        let ready = || self.may_write();
        let turn = self.turn(place, &ready, &blocked, deadline);
        self.waiting.update(|n| n - 1);
        if turn.woke() == Woke::TimedOut {
            turn.touch(&self.object, Touch::Share, Edge::None);
            self.give_up(turn, "write");
            return false;
        }
        self.begin_to_write(turn);
        true
    }

    /// Takes the lock to write if it can be had at once. Whether it could.
    pub fn try_write(&self, place: Place) -> bool {
        self.object.claim();
        let turn = runtime::look(place);
        let ready = self.may_write();
        match ready {
            true => self.begin_to_write(turn),
            false => self.tried(turn, place, "write"),
        }
        ready
    }

    /// Ceases to read.
    pub fn unlock_read(&self, place: Place) {
        let turn = runtime::turn_in_destructor(place, &Wait::none());
        self.readers.update(|n| n - 1);
        turn.touch(&self.object, Touch::Share, Edge::Release);
        self.say_unlocked(turn);
    }

    /// Ceases to write.
    pub fn unlock_write(&self, place: Place) {
        let turn = runtime::turn_in_destructor(place, &Wait::none());
        self.writer.set(false);
        turn.touch(&self.object, Touch::Write, Edge::Release);
        self.say_unlocked(turn);
    }

    /// The writer becomes a reader.
    pub fn downgrade(&self, place: Place) {
        let turn = runtime::turn(place, &Wait::none());
        self.writer.set(false);
        self.readers.update(|n| n + 1);
        turn.touch(&self.object, Touch::Write, Edge::Release);
        turn.say(|note| {
            let name = note.name(&self.object);
            let note = note.what(format!("only reads {name} from here on"));
            note.frees(&self.object).holds(&self.object)
        });
    }

    /// Looks whether somebody holds the lock, and whether to write.
    pub fn held(&self, place: Place) -> (bool, bool) {
        self.object.claim();
        let turn = runtime::look(place);
        let alone = self.writer.get();
        let held = alone || self.upgradable.get() || self.readers.get() > 0;
        let found = u64::from(held) + u64::from(alone);
        turn.touch(&self.object, Touch::Read, Edge::None);
        turn.touch(&self.object, Touch::Saw(found), Edge::None);
        runtime::looked(place, found);
        turn.say(|note| {
            let name = note.name(&self.object);
            let state = ["free", "held to read", "held to write"][found as usize];
            note.what(format!("sees that {name} is {state}"))
                .uses(&self.object)
        });
        (held, alone)
    }

    pub(crate) fn turn<'a>(
        &self,
        place: Place,
        ready: &'a dyn Fn() -> bool,
        blocked: &'a dyn Fn() -> Blocked,
        deadline: Option<Duration>,
    ) -> Turn {
        let patience = deadline.map_or(Patience::Endless, Patience::Until);
        runtime::turn(place, &Wait::until(ready, blocked).patience(patience))
    }

    pub(crate) fn why_not_read(&self) -> &'static str {
        match self.writer.get() {
            true => "waits to read",
            false => "waits behind a writer to read",
        }
    }

    fn may_read(&self, manners: Manners) -> bool {
        !self.writer.get() && (self.waiting.get() == 0 || manners == Manners::Recursive)
    }

    fn may_write(&self) -> bool {
        !self.writer.get() && !self.upgradable.get() && self.readers.get() == 0
    }

    fn begin_to_read(&self, turn: Turn) {
        self.readers.update(|n| n + 1);
        turn.touch(&self.object, Touch::Share, Edge::Acquire);
        self.say_locked(turn, "read");
    }

    pub(crate) fn begin_to_write(&self, turn: Turn) {
        self.writer.set(true);
        turn.touch(&self.object, Touch::Write, Edge::Acquire);
        self.say_locked(turn, "write");
    }

    pub(crate) fn queue_up(&self, turn: Turn) {
        self.waiting.update(|n| n + 1);
        turn.touch(&self.object, Touch::Share, Edge::None);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("queues up to write {name}"))
                .uses(&self.object)
        });
    }

    pub(crate) fn say_locked(&self, turn: Turn, to: &str) {
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("locks {name} to {to}"))
                .holds(&self.object)
        });
    }

    pub(crate) fn say_unlocked(&self, turn: Turn) {
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("unlocks {name}")).frees(&self.object)
        });
    }

    pub(crate) fn give_up(&self, turn: Turn, to: &str) {
        turn.touch(&self.object, Touch::Read, Edge::None);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("gives up waiting to {to} {name}"))
                .uses(&self.object)
        });
    }

    pub(crate) fn tried(&self, turn: Turn, place: Place, to: &str) {
        turn.touch(&self.object, Touch::Read, Edge::None);
        runtime::looked(place, 0);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("tries to lock {name} to {to}: it is held"))
                .uses(&self.object)
        });
    }
}
