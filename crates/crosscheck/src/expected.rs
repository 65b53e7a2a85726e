//! What must come out, and where the explorers may differ.

use crate::Broken;

/// What must come out for one program.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// The program.
    pub name: &'static str,
    /// How it breaks, if it does.
    pub broken: Option<Broken>,
    /// Whether shuttle says the same.
    pub shuttle: Says,
    /// Whether loom says the same.
    pub loom: Says,
}

/// What another explorer says of a program.
#[derive(Clone, Copy, Debug)]
pub enum Says {
    /// The same.
    Same,
    /// Something else, for a reason.
    Other(Option<Broken>, &'static str),
    /// Nothing, for a reason.
    Nothing(&'static str),
}

impl Expected {
    /// It breaks in this way.
    pub const fn breaks(name: &'static str, broken: Broken) -> Self {
        Expected {
            name,
            broken: Some(broken),
            shuttle: Says::Same,
            loom: Says::Same,
        }
    }

    /// It holds.
    pub const fn holds(name: &'static str) -> Self {
        Expected {
            broken: None,
            ..Expected::breaks(name, Broken::Panic)
        }
    }

    /// What shuttle says of it.
    pub const fn shuttle(self, shuttle: Says) -> Self {
        Expected { shuttle, ..self }
    }

    /// What loom says of it.
    pub const fn loom(self, loom: Says) -> Self {
        Expected { loom, ..self }
    }
}

impl Says {
    /// What must come from this explorer, if anything does.
    pub fn expected(self, broken: Option<Broken>) -> Option<Option<Broken>> {
        match self {
            Says::Same => Some(broken),
            Says::Other(other, _) => Some(other),
            Says::Nothing(_) => None,
        }
    }
}
