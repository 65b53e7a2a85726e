//! What a reader is told about one operation.

use timeline::Effect;

use super::{LaneId, Object, here};
use crate::recorder::mention;

/// One line of the picture, as it is written.
#[derive(Debug, Default)]
pub struct Note {
    pub(crate) what: String,
    pub(crate) effects: Vec<Effect>,
}

impl Note {
    pub(crate) fn new() -> Self {
        Note::default()
    }

    /// The name of an object, for use in [`Note::what`].
    pub fn name(&self, object: &Object) -> String {
        mention(object.index(&here()))
    }

    /// What happened, as a clause without a subject: `locks alice`.
    #[must_use]
    pub fn what(mut self, what: impl Into<String>) -> Self {
        self.what = what.into();
        self
    }

    /// The lane holds the object from here on.
    #[must_use]
    pub fn holds(self, object: &Object) -> Self {
        let object = object.index(&here());
        self.effect(Effect::Holds { object })
    }

    /// The lane gives the object back.
    #[must_use]
    pub fn frees(self, object: &Object) -> Self {
        let object = object.index(&here());
        self.effect(Effect::Frees { object })
    }

    /// The lane uses the object in another way.
    #[must_use]
    pub fn uses(self, object: &Object) -> Self {
        let object = object.index(&here());
        self.effect(Effect::Uses { object })
    }

    /// The lane read this value; `newest` is the one it missed, if it did.
    #[must_use]
    pub fn sees(self, object: &Object, value: impl Into<String>, newest: Option<String>) -> Self {
        let (object, value) = (object.index(&here()), value.into());
        self.effect(Effect::Sees {
            object,
            value,
            newest,
        })
    }

    /// The object has this value now.
    #[must_use]
    pub fn sets(self, object: &Object, value: impl Into<String>) -> Self {
        let (object, value) = (object.index(&here()), value.into());
        self.effect(Effect::Sets { object, value })
    }

    /// Another lane begins.
    #[must_use]
    pub fn spawns(self, lane: LaneId) -> Self {
        self.effect(Effect::Spawns { lane })
    }

    /// Another lane can go on.
    #[must_use]
    pub fn wakes(self, lane: LaneId) -> Self {
        self.effect(Effect::Wakes { lane })
    }

    /// It had no effect although the program counts on one.
    #[must_use]
    pub fn lost(self) -> Self {
        self.effect(Effect::Lost)
    }

    /// The lane is over.
    #[must_use]
    pub fn ends(self) -> Self {
        self.effect(Effect::Ends)
    }

    fn effect(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }
}
