//! Something that happens once.

use std::cell::Cell;

use explore::runtime::{self, Blocked, Edge, Object, Place, Touch, Turn, Wait};

/// Whether something has happened that must happen once.
#[derive(Debug)]
pub struct Once {
    object: Object,
    initial: Progress,
    progress: Cell<Progress>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Progress {
    /// Nobody has begun.
    New,
    /// Somebody is about it.
    Running,
    /// It has happened.
    Done,
    /// A panic has ended it.
    Poisoned,
}

/// What a lane has to do that comes to a [`Once`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Nothing: it has been done.
    Done,
    /// To do it, and to say how it ended with [`Leave`].
    First,
    /// A panic ended the attempt before. A lane that tries again says so with
    /// [`Once::try_again`].
    Poisoned,
}

impl Once {
    /// It has not happened yet. Readers know the type as `kind`.
    pub const fn new(kind: &'static str, made: Place) -> Self {
        Once::with(kind, made, Progress::New)
    }

    /// It has happened already.
    pub const fn new_done(kind: &'static str, made: Place) -> Self {
        Once::with(kind, made, Progress::Done)
    }

    const fn with(kind: &'static str, made: Place, initial: Progress) -> Self {
        Once {
            object: Object::new(kind, made),
            initial,
            progress: Cell::new(initial),
        }
    }

    /// It has happened, or not, as far as anybody will know who looks later. For a caller that
    /// nobody else can disturb (`&mut self`).
    pub fn set(&mut self, done: bool) {
        self.initial = if done { Progress::Done } else { Progress::New };
        self.renew();
    }

    /// Whether the value of a run that is over is still there: this stands in a `static`.
    pub fn is_stale(&self) -> bool {
        self.object.is_stale()
    }

    /// Begins anew for another run.
    pub fn renew(&self) {
        self.object.renew();
        self.progress.set(self.initial);
    }

    /// Waits while another lane does it. What the caller has to do.
    pub fn enter(&self, place: Place) -> Entry {
        let turn = self.wait_while(place, &|progress| progress == Progress::Running);
        let (entry, touch, what) = match self.progress.get() {
            Progress::New => (Entry::First, Touch::Write, "begins to initialise"),
            Progress::Poisoned => (Entry::Poisoned, Touch::Read, "finds poisoned:"),
            _ => (Entry::Done, Touch::Read, "finds initialised:"),
        };
        turn.touch(&self.object, touch, Edge::Acquire);
        if entry == Entry::First {
            self.progress.set(Progress::Running);
        }
        turn.say(|note| {
            let name = note.name(&self.object);
            let note = note.what(format!("{what} {name}"));
            match entry {
                Entry::First => note.holds(&self.object),
                _ => note.uses(&self.object),
            }
        });
        entry
    }

    /// Turns [`Entry::Poisoned`] into [`Entry::First`], in the same step.
    pub fn try_again(&self, place: Place) {
        self.progress.set(Progress::Running);
        let turn = runtime::aside(Some(place));
        turn.touch(&self.object, Touch::Write, Edge::None);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("begins to initialise {name} again"))
                .holds(&self.object)
        });
    }

    /// Waits while another lane does it, and then does it in this step. Whether that was left to
    /// do.
    pub fn claim(&self, place: Place) -> bool {
        let turn = self.wait_while(place, &|progress| progress == Progress::Running);
        let done = self.progress.replace(Progress::Done) == Progress::Done;
        let (touch, what) = match done {
            true => (Touch::Read, "finds initialised:"),
            false => (Touch::Write, "initialises"),
        };
        turn.touch(&self.object, touch, Edge::Both);
        self.say(turn, what);
        !done
    }

    /// Waits until another lane has done it; also over a panic, if the caller is `patient`.
    /// Whether it was done.
    pub fn wait(&self, place: Place, patient: bool) -> bool {
        let turn = self.wait_while(place, &|progress| match progress {
            Progress::Done => false,
            Progress::Poisoned => patient,
            Progress::New | Progress::Running => true,
        });
        let done = self.progress.get() == Progress::Done;
        turn.touch(&self.object, Touch::Read, Edge::Acquire);
        let what = match done {
            true => "finds initialised:",
            false => "finds poisoned:",
        };
        self.say(turn, what);
        done
    }

    /// Looks how far it is.
    pub fn look(&self, place: Place) -> Progress {
        let turn = runtime::look(place);
        let progress = self.progress.get();
        let edge = match progress {
            Progress::Done => Edge::Acquire,
            _ => Edge::None,
        };
        turn.touch(&self.object, Touch::Read, edge);
        runtime::looked(place, progress as u64);
        turn.say(|note| {
            let name = note.name(&self.object);
            let is = match progress {
                Progress::New => "is not initialised",
                Progress::Running => "is being initialised",
                Progress::Done => "is initialised",
                Progress::Poisoned => "is poisoned",
            };
            note.what(format!("sees that {name} {is}"))
                .uses(&self.object)
        });
        progress
    }

    fn wait_while(&self, place: Place, waits: &dyn Fn(Progress) -> bool) -> Turn {
        let ready = || !waits(self.progress.get());
        let blocked = || Blocked::on(&self.object, "waits for the initialisation of");
        runtime::turn(place, &Wait::until(&ready, &blocked))
    }

    fn say(&self, turn: Turn, what: &str) {
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("{what} {name}")).uses(&self.object)
        });
    }

    fn leave(&self, place: Place, done: bool) {
        let turn = runtime::turn(place, &Wait::none());
        let (progress, what) = match done {
            true => (Progress::Done, "has initialised"),
            false => (Progress::Poisoned, "fails to initialise"),
        };
        self.progress.set(progress);
        turn.touch(&self.object, Touch::Write, Edge::Release);
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("{what} {name}")).frees(&self.object)
        });
    }
}

/// Says how it ended for a lane that is the [`Entry::First`], also when a panic ends it.
#[derive(Debug)]
pub struct Leave<'a> {
    once: &'a Once,
    place: Place,
    done: bool,
}

impl<'a> Leave<'a> {
    /// The lane begins at `place`.
    pub fn new(once: &'a Once, place: Place) -> Self {
        let done = false;
        Leave { once, place, done }
    }

    /// It ended well.
    pub fn done(mut self) {
        self.done = true;
    }
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.once.leave(self.place, self.done);
    }
}
