//! `crossbeam::sync::Parker`.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use explore::runtime::{self, Edge, Object, Patience, Place, Touch, Wait};
use model_std::time::Instant;

use crate::channel::reading;

/// Parks the thread that has it.
pub struct Parker {
    unparker: Unparker,
    /// It may go to another thread, but not be shared.
    not_sync: PhantomData<Cell<()>>,
}

/// Unparks the thread that has the [`Parker`].
pub struct Unparker(Arc<Token>);

/// Like the one of `std`, but it belongs to no thread.
struct Token {
    object: Object,
    there: Cell<bool>,
}

// SAFETY: a world runs on one operating system thread, and `Object::index`, which every operation
// goes through, refuses an object that another world knows.
#[expect(
    unsafe_code,
    reason = "a parker and its unparkers belong to different threads"
)]
unsafe impl Send for Token {}
// SAFETY: as above.
#[expect(
    unsafe_code,
    reason = "a parker and its unparkers belong to different threads"
)]
unsafe impl Sync for Token {}

impl Parker {
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        let token = Token {
            object: Object::new("Parker", Location::caller()),
            there: Cell::new(false),
        };
        Parker {
            unparker: Unparker(Arc::new(token)),
            not_sync: PhantomData,
        }
    }

    #[track_caller]
    pub fn park(&self) {
        self.unparker.0.take(Location::caller(), None);
    }

    #[track_caller]
    pub fn park_timeout(&self, timeout: Duration) {
        let deadline = runtime::clock().checked_add(timeout);
        self.unparker.0.take(Location::caller(), deadline);
    }

    #[track_caller]
    pub fn park_deadline(&self, deadline: Instant) {
        self.unparker
            .0
            .take(Location::caller(), Some(reading(deadline)));
    }

    #[must_use]
    pub fn unparker(&self) -> &Unparker {
        &self.unparker
    }
}

impl Unparker {
    #[track_caller]
    pub fn unpark(&self) {
        self.0.leave(Location::caller());
    }
}

impl Token {
    fn take(&self, place: Place, deadline: Option<Duration>) {
        let there = || self.there.get();
        let blocked = || runtime::Blocked::on(&self.object, "is parked at");
        let patience = deadline.map_or(Patience::Endless, Patience::Until);
        let turn = runtime::turn(place, &Wait::until(&there, &blocked).patience(patience));
        let unparked = self.there.replace(false);
        if unparked {
            turn.touch(&self.object, Touch::Write, Edge::Acquire);
        }
        turn.say(|note| {
            let name = note.name(&self.object);
            let why = match unparked {
                true => format!("parks at {name}, has been unparked, goes on"),
                false => format!("parks at {name}, goes on: the time is over"),
            };
            note.what(why).uses(&self.object)
        });
    }

    fn leave(&self, place: Place) {
        let turn = runtime::turn(place, &Wait::none());
        let again = self.there.replace(true);
        turn.touch(&self.object, Touch::Write, Edge::Release);
        turn.say(|note| {
            let name = note.name(&self.object);
            let more = match again {
                true => " again: that counts once",
                false => "",
            };
            note.what(format!("unparks {name}{more}"))
                .uses(&self.object)
        });
    }
}

impl Clone for Unparker {
    fn clone(&self) -> Self {
        Unparker(self.0.clone())
    }
}

impl Default for Parker {
    #[track_caller]
    fn default() -> Self {
        Parker::new()
    }
}

impl fmt::Debug for Parker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("Parker { .. }")
    }
}

impl fmt::Debug for Unparker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("Unparker { .. }")
    }
}
