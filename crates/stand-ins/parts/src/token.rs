//! The permission that a parked lane waits for.

use std::cell::Cell;

use explore::runtime::{self, Blocked, Edge, LaneId, Object, Patience, Place, Touch, Wait, Woke};

/// What `unpark` leaves and `park` takes: there or not, never more than one.
#[derive(Debug)]
pub struct Token {
    object: Object,
    there: Cell<bool>,
}

impl Token {
    /// The token of a lane that was made at `made`. It is not there.
    pub const fn new(made: Place) -> Self {
        Token {
            object: Object::new("park token", made),
            there: Cell::new(false),
        }
    }

    /// What the explorer knows it by.
    pub fn object(&self) -> &Object {
        &self.object
    }

    /// Takes the token; waits for it as long as `patience` says. What ended the wait.
    pub fn take(&self, place: Place, patience: Patience) -> Woke {
        let there = || self.there.get();
        let blocked = || Blocked::plain("is parked");
        let turn = runtime::turn(place, &Wait::until(&there, &blocked).patience(patience));
        let woke = turn.woke();
        let what = match woke {
            Woke::Ready => "parks, has been unparked, goes on",
            Woke::Spuriously => "parks, goes on without a reason",
            Woke::TimedOut => "parks, goes on: the time is over",
        };
        if woke == Woke::Ready {
            self.there.set(false);
            turn.touch(&self.object, Touch::Write, Edge::Acquire);
        }
        turn.say(|note| note.what(what).uses(&self.object));
        woke
    }

    /// Leaves the token for `lane`.
    pub fn leave(&self, place: Place, lane: LaneId) {
        let turn = runtime::turn(place, &Wait::none());
        let again = self.there.replace(true);
        turn.touch(&self.object, Touch::Write, Edge::Release);
        turn.say(|note| {
            let name = runtime::lane_name(lane);
            let more = match again {
                true => " again: that counts once",
                false => "",
            };
            let note = note
                .what(format!("unparks {name}{more}"))
                .uses(&self.object);
            if again { note } else { note.wakes(lane) }
        });
    }
}
