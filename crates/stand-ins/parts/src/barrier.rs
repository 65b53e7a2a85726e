//! A meeting point.

use std::cell::Cell;

use explore::runtime::{self, Blocked, Edge, Object, Patience, Place, Touch, Wait};

/// Lanes wait here until all have come.
#[derive(Debug)]
pub struct Barrier {
    object: Object,
    parties: usize,
    arrived: Cell<usize>,
    /// How often all have come.
    generation: Cell<usize>,
}

impl Barrier {
    /// A meeting of `parties` lanes; none and one never wait. Readers know the type as `kind`.
    pub const fn new(kind: &'static str, parties: usize, made: Place) -> Self {
        Barrier {
            object: Object::new(kind, made),
            parties,
            arrived: Cell::new(0),
            generation: Cell::new(0),
        }
    }

    /// Waits until all have come. Whether the caller was the last.
    pub fn wait(&self, place: Place) -> bool {
        self.object.claim();
        let turn = runtime::turn(place, &Wait::none());
        let generation = self.generation.get();
        let arrived = self.arrived.get() + 1;
        if arrived >= self.parties {
            self.arrived.set(0);
            self.generation.set(generation + 1);
            turn.touch(&self.object, Touch::Write, Edge::Both);
            turn.say(|note| {
                let name = note.name(&self.object);
                note.what(format!("arrives at {name}, the last one: all go on"))
                    .uses(&self.object)
            });
            return true;
        }
        self.arrived.set(arrived);
        // Who is first and who second makes no difference to anybody.
        turn.touch(&self.object, Touch::Share, Edge::Release);
        turn.say(|note| {
            let name = note.name(&self.object);
            let parties = self.parties;
            note.what(format!("arrives at {name}: {arrived} of {parties}"))
                .uses(&self.object)
        });
        let complete = || self.generation.get() != generation;
        let blocked = || {
            let missing = self.parties - self.arrived.get();
            Blocked::on(&self.object, format!("waits for {missing} more at"))
        };
        let wait = Wait::until(&complete, &blocked).patience(Patience::Settled);
        let turn = runtime::turn(place, &wait);
        turn.touch(&self.object, Touch::Read, Edge::Acquire);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("goes on from {name}")).uses(&self.object)
        });
        false
    }
}
