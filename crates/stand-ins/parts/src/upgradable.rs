//! Readers that may become the writer.

use std::time::Duration;

use explore::runtime::{self, Blocked, Edge, Place, Touch, Turn, Wait, Woke};

use crate::SharedLock;

impl SharedLock {
    /// Takes the lock to read, with the right to write later; waits until `deadline` at most.
    /// Whether it was taken.
    pub fn upgradable_read(&self, place: Place, deadline: Option<Duration>) -> bool {
        self.object.claim();
        let ready = || self.may_read_upgradably();
        let blocked = || Blocked::on(&self.object, self.why_not_read());
        let turn = self.turn(place, &ready, &blocked, deadline);
        if turn.woke() == Woke::TimedOut {
            self.give_up(turn, "read");
            return false;
        }
        self.begin_to_read_upgradably(turn);
        true
    }

    /// Takes the lock to read, with the right to write later, if it can be had at once. Whether
    /// it could.
    pub fn try_upgradable_read(&self, place: Place) -> bool {
        self.object.claim();
        let turn = runtime::look(place);
        let ready = self.may_read_upgradably();
        match ready {
            true => self.begin_to_read_upgradably(turn),
            false => self.tried(turn, place, "read and perhaps write"),
        }
        ready
    }

    /// Gives the right to write and the lock back.
    pub fn unlock_upgradable(&self, place: Place) {
        let turn = runtime::turn_in_destructor(place, &Wait::none());
        self.upgradable.set(false);
        turn.touch(&self.object, Touch::Write, Edge::Release);
        self.say_unlocked(turn);
    }

    /// The reader with the right to write becomes the writer; waits until `deadline` at most for
    /// the other readers to go. Whether it has.
    pub fn upgrade(&self, place: Place, deadline: Option<Duration>) -> bool {
        let turn = runtime::turn(place, &Wait::none());
        if self.readers.get() == 0 {
            self.become_writer(turn);
            return true;
        }
        self.queue_up(turn);
        let ready = || self.readers.get() == 0;
        let blocked = || Blocked::on(&self.object, "waits to write");
        let turn = self.turn(place, &ready, &blocked, deadline);
        self.waiting.update(|n| n - 1);
        if turn.woke() == Woke::TimedOut {
            turn.touch(&self.object, Touch::Share, Edge::None);
            self.give_up(turn, "write");
            return false;
        }
        self.become_writer(turn);
        true
    }

    /// The reader with the right to write becomes the writer if nobody else reads. Whether it has.
    pub fn try_upgrade(&self, place: Place) -> bool {
        let turn = runtime::look(place);
        let ready = self.readers.get() == 0;
        match ready {
            true => self.become_writer(turn),
            false => self.tried(turn, place, "write"),
        }
        ready
    }

    /// Gives up the right to write, and goes on reading; or ceases to write, and keeps the right.
    pub fn change_upgradable(&self, place: Place, keep: bool) {
        let turn = runtime::turn(place, &Wait::none());
        if keep {
            self.writer.set(false);
        } else {
            self.readers.update(|n| n + 1);
        }
        self.upgradable.set(keep);
        turn.touch(&self.object, Touch::Write, Edge::Release);
        turn.say(|note| {
            let name = note.name(&self.object);
            let note = note.what(format!("only reads {name} from here on"));
            note.frees(&self.object).holds(&self.object)
        });
    }

    fn may_read_upgradably(&self) -> bool {
        !self.writer.get() && !self.upgradable.get() && self.waiting.get() == 0
    }

    fn begin_to_read_upgradably(&self, turn: Turn) {
        self.upgradable.set(true);
        turn.touch(&self.object, Touch::Write, Edge::Acquire);
        self.say_locked(turn, "read and perhaps write");
    }

    fn become_writer(&self, turn: Turn) {
        self.upgradable.set(false);
        self.writer.set(true);
        turn.touch(&self.object, Touch::Write, Edge::Acquire);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("may write {name} from here on"))
                .frees(&self.object)
                .holds(&self.object)
        });
    }
}
