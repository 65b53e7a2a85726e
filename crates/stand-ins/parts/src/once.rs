//! Something that happens once.

use std::cell::Cell;

use explore::runtime::{self, Blocked, Edge, Object, Place, Touch, Wait};

/// Whether something has happened that must happen once.
#[derive(Debug)]
pub struct Once {
    object: Object,
    state: Cell<State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    New,
    Running,
    Done,
    /// A panic ended it.
    Poisoned,
}

/// What a lane has to do that comes to a [`Once`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Nothing: it has been done.
    Done,
    /// To do it, and to say how it ended with [`Once::leave`].
    First,
    /// A panic ended the attempt before. A lane that tries again says so with
    /// [`Once::try_again`].
    Poisoned,
}

impl Once {
    /// It has not happened yet. Readers know the type as `kind`.
    pub const fn new(kind: &'static str, made: Place) -> Self {
        Once {
            object: Object::new(kind, made),
            state: Cell::new(State::New),
        }
    }

    /// It has happened, or not, as far as anybody will know who looks later. For a caller that
    /// nobody else can disturb (`&mut self`).
    pub fn set(&mut self, done: bool) {
        self.object.renew();
        self.state.set(if done { State::Done } else { State::New });
    }

    /// Whether the value of a run that is over is still there: this stands in a `static`.
    pub fn is_stale(&self) -> bool {
        self.object.is_stale()
    }

    /// Begins anew for another run.
    pub fn renew(&self) {
        self.object.renew();
        self.state.set(State::New);
    }

    /// Waits while another lane does it. What the caller has to do.
    pub fn enter(&self, place: Place) -> Entry {
        let idle = || self.state.get() != State::Running;
        let blocked = || Blocked::on(&self.object, "waits for the initialisation of");
        let turn = runtime::turn(place, &Wait::until(&idle, &blocked));
        let (entry, touch) = match self.state.get() {
            State::New => (Entry::First, Touch::Write),
            State::Poisoned => (Entry::Poisoned, Touch::Read),
            _ => (Entry::Done, Touch::Read),
        };
        turn.touch(&self.object, touch, Edge::Acquire);
        if entry == Entry::First {
            self.state.set(State::Running);
        }
        turn.say(|note| {
            let name = note.name(&self.object);
            match entry {
                Entry::First => note
                    .what(format!("begins to initialise {name}"))
                    .holds(&self.object),
                Entry::Done => note
                    .what(format!("finds {name} initialised"))
                    .uses(&self.object),
                Entry::Poisoned => note
                    .what(format!("finds {name} poisoned"))
                    .uses(&self.object),
            }
        });
        entry
    }

    /// Waits while another lane does it, and then does it in this step. Whether that was left to
    /// do.
    pub fn claim(&self, place: Place) -> bool {
        let idle = || self.state.get() != State::Running;
        let blocked = || Blocked::on(&self.object, "waits for the initialisation of");
        let turn = runtime::turn(place, &Wait::until(&idle, &blocked));
        let done = self.state.replace(State::Done) == State::Done;
        let (touch, what) = match done {
            true => (Touch::Read, "finds initialised:"),
            false => (Touch::Write, "initialises"),
        };
        turn.touch(&self.object, touch, Edge::Both);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("{what} {name}")).uses(&self.object)
        });
        !done
    }

    /// Waits until another lane has done it, or a panic has stopped that.
    pub fn wait(&self, place: Place) -> Entry {
        let over = || matches!(self.state.get(), State::Done | State::Poisoned);
        let blocked = || Blocked::on(&self.object, "waits for the initialisation of");
        let turn = runtime::turn(place, &Wait::until(&over, &blocked));
        turn.touch(&self.object, Touch::Read, Edge::Acquire);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("sees that {name} is initialised"))
                .uses(&self.object)
        });
        match self.state.get() {
            State::Poisoned => Entry::Poisoned,
            _ => Entry::Done,
        }
    }

    /// Turns [`Entry::Poisoned`] into [`Entry::First`], in the same step.
    pub fn try_again(&self, place: Place) {
        self.state.set(State::Running);
        let turn = runtime::aside(Some(place));
        turn.touch(&self.object, Touch::Write, Edge::None);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("initialises {name} again"))
                .holds(&self.object)
        });
    }

    /// The lane that did it is ready, or a panic stopped it.
    pub fn leave(&self, place: Place, done: bool) {
        let turn = runtime::turn(place, &Wait::none());
        let (state, what) = match done {
            true => (State::Done, "has initialised"),
            false => (State::Poisoned, "fails to initialise"),
        };
        self.state.set(state);
        turn.touch(&self.object, Touch::Write, Edge::Release);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("{what} {name}")).frees(&self.object)
        });
    }

    /// Looks whether it has been done.
    pub fn is_done(&self, place: Place) -> bool {
        let turn = runtime::look(place);
        let done = self.state.get() == State::Done;
        let edge = if done { Edge::Acquire } else { Edge::None };
        turn.touch(&self.object, Touch::Read, edge);
        runtime::looked(place, done.into());
        turn.say(|note| {
            let name = note.name(&self.object);
            let state = if done { "is" } else { "is not" };
            note.what(format!("sees that {name} {state} initialised"))
                .uses(&self.object)
        });
        done
    }

    /// Whether it has been done, for a caller that nobody else can disturb (`&mut self`).
    pub fn peek(&mut self) -> bool {
        self.state.get() == State::Done
    }
}
