//! `tokio::sync::SetOnce`: tokio's own, told to the explorer.

use std::fmt;
use std::panic::Location;

use explore::runtime::task::{self, Await};
use explore::runtime::{Edge, Object, Touch};
use real::sync::SetOnceError;

use crate::leaf::leaf;

/// A place for a value that is set once, and for which tasks can wait.
pub struct SetOnce<T> {
    object: Object,
    real: real::sync::SetOnce<T>,
}

impl<T> SetOnce<T> {
    #[track_caller]
    pub fn new() -> Self {
        Self::const_new()
    }

    #[track_caller]
    pub const fn const_new() -> Self {
        SetOnce {
            object: Object::new("SetOnce", Location::caller()),
            real: real::sync::SetOnce::const_new(),
        }
    }

    #[track_caller]
    pub fn new_with(value: Option<T>) -> Self {
        SetOnce {
            object: Object::new("SetOnce", Location::caller()),
            real: real::sync::SetOnce::new_with(value),
        }
    }

    #[track_caller]
    pub fn initialized(&self) -> bool {
        self.get().is_some()
    }

    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        let turn = task::step(Location::caller());
        turn.touch(&self.object, Touch::Read, Edge::None);
        let value = self.real.get();
        turn.say(|note| {
            let name = note.name(&self.object);
            let what = match value {
                Some(_) => format!("reads {name}"),
                None => format!("looks at {name}: it is empty"),
            };
            note.what(what).uses(&self.object)
        });
        value
    }

    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), SetOnceError<T>> {
        let turn = task::step(Location::caller());
        turn.touch(&self.object, Touch::Write, Edge::None);
        let set = self.real.set(value);
        turn.say(|note| {
            let name = note.name(&self.object);
            let what = match set {
                Ok(()) => format!("sets {name}"),
                Err(_) => format!("tries to set {name} once more"),
            };
            note.what(what).uses(&self.object)
        });
        set
    }

    pub fn into_inner(self) -> Option<T> {
        self.real.into_inner()
    }

    #[track_caller]
    pub fn wait(&self) -> impl Future<Output = &T> {
        let place = Location::caller();
        async move {
            let wait = Await::on(place, &self.object, "waits for the value of");
            let (value, turn) = leaf(wait, self.real.wait()).await;
            turn.say(|note| {
                let name = note.name(&self.object);
                note.what(format!("reads {name}")).uses(&self.object)
            });
            value
        }
    }
}

impl<T> Default for SetOnce<T> {
    #[track_caller]
    fn default() -> Self {
        SetOnce::new()
    }
}

impl<T> From<T> for SetOnce<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        SetOnce::new_with(Some(value))
    }
}

impl<T: Clone> Clone for SetOnce<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        SetOnce::new_with(self.real.get().cloned())
    }
}

impl<T: PartialEq> PartialEq for SetOnce<T> {
    fn eq(&self, other: &Self) -> bool {
        self.real == other.real
    }
}

impl<T: Eq> Eq for SetOnce<T> {}

impl<T: fmt::Debug> fmt::Debug for SetOnce<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}
