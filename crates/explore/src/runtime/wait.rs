//! What a lane waits for before its next operation.

use std::time::Duration;

use super::{LaneId, Object, Place};
use crate::recorder::mention;

/// A condition, and how a reader is told about a lane that waits for it.
pub struct Wait<'a> {
    pub(crate) ready: &'a dyn Fn() -> bool,
    pub(crate) blocked: &'a dyn Fn() -> Blocked,
    pub(crate) patience: Patience,
    /// Once this holds, only the condition ends the wait.
    pub(crate) bound: &'a dyn Fn() -> bool,
}

/// What else ends a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Nothing does.
    Endless,
    /// It may end without reason, as `Condvar::wait` and `park` are allowed to.
    Spurious,
    /// It ends after this long at the latest.
    Until(Duration),
    /// Both of them: a timed wait that may end without reason too.
    SpuriousUntil(Duration),
    /// It waits for nothing: it gives the other lanes a chance first.
    Yield,
    /// Nothing does, and once the condition holds it holds for ever and the operation disturbs
    /// nobody, as with `join`. So it is done at once when it can be: no order is lost by that.
    Settled,
}

impl Patience {
    /// When the wait ends at the latest, if ever.
    pub(crate) fn deadline(self) -> Option<Duration> {
        match self {
            Patience::Until(deadline) | Patience::SpuriousUntil(deadline) => Some(deadline),
            _ => None,
        }
    }
}

/// Why something that ends with its last `noun` has not ended, as a clause. `made` says by whom
/// and where each was made that is left; nothing if there is none.
pub fn still_there(
    noun: &str,
    mut made: impl ExactSizeIterator<Item = (LaneId, Place)>,
) -> Option<String> {
    let left = made.len();
    let (maker, place) = made.next()?;
    let (maker, line) = (super::lane_name(maker), place.line());
    Some(match left {
        1 => format!("the {noun} that {maker} made at line {line} is still there"),
        n => format!("{n} {noun}s are still there, one of them made by {maker} at line {line}"),
    })
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Woke {
    /// The condition holds.
    Ready,
    /// Without a reason.
    Spuriously,
    /// The time is over.
    TimedOut,
}

/// A lane that waits, in words.
#[derive(Clone, Debug)]
pub struct Blocked {
    /// `waits for lock`: the name of the object and its holder are added.
    pub what: String,
    pub(crate) object: Option<usize>,
    pub(crate) lane: Option<LaneId>,
    pub(crate) why: Option<String>,
}

impl Blocked {
    /// Waits for an object: `what` is followed by its name.
    pub fn on(object: &Object, what: impl Into<String>) -> Self {
        Blocked {
            what: what.into(),
            object: Some(object.index(&super::here())),
            lane: None,
            why: None,
        }
    }

    /// Waits for a lane: `what` is complete.
    pub fn by(lane: LaneId, what: impl Into<String>) -> Self {
        Blocked {
            what: what.into(),
            object: None,
            lane: Some(lane),
            why: None,
        }
    }

    /// Waits for something that has no name.
    pub fn plain(what: impl Into<String>) -> Self {
        Blocked {
            what: what.into(),
            object: None,
            lane: None,
            why: None,
        }
    }

    /// It is this lane that would have to act.
    #[must_use]
    pub fn counting_on(self, lane: LaneId) -> Self {
        Blocked {
            lane: Some(lane),
            ..self
        }
    }

    /// Why nobody acts, as a whole clause: `the sender made at line 12 is still there`.
    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Self {
        Blocked {
            why: Some(why.into()),
            ..self
        }
    }

    /// All of it as a clause without a subject, where it is known why nobody acts.
    pub(crate) fn clause(&self) -> Option<String> {
        let why = self.why.as_ref()?;
        Some(format!("{}, and {why}", self.named()))
    }

    /// What it waits for, with the name of the object: a part of a longer sentence.
    pub fn named(&self) -> String {
        match self.object {
            Some(object) => format!("{} {}", self.what, mention(object)),
            None => self.what.clone(),
        }
    }
}

impl<'a> Wait<'a> {
    /// Waits for nothing: the operation can be done at once.
    pub fn none() -> Self {
        Wait {
            ready: &|| true,
            blocked: &|| Blocked::plain("goes on"),
            patience: Patience::Endless,
            bound: &|| false,
        }
    }

    /// Waits until `ready`, and says `blocked` meanwhile.
    pub fn until(ready: &'a dyn Fn() -> bool, blocked: &'a dyn Fn() -> Blocked) -> Self {
        Wait {
            ready,
            blocked,
            patience: Patience::Endless,
            bound: &|| false,
        }
    }

    /// Gives the other lanes a chance first.
    pub fn giving_way() -> Self {
        Wait {
            patience: Patience::Yield,
            ..Wait::none()
        }
    }

    /// Lets the wait end in another way too.
    #[must_use]
    pub fn patience(self, patience: Patience) -> Self {
        Wait { patience, ..self }
    }

    /// From when `bound` holds, nothing but the condition ends the wait: a lane that was notified
    /// and waits for its lock is neither woken without reason nor timed out.
    #[must_use]
    pub fn bound_by(self, bound: &'a dyn Fn() -> bool) -> Self {
        Wait { bound, ..self }
    }

    /// Ends the wait after `limit` at the latest, if there is one and the clock can show its end.
    #[must_use]
    pub fn at_most(self, limit: Option<Duration>) -> Self {
        match limit.and_then(|limit| super::clock().checked_add(limit)) {
            Some(deadline) => self.patience(Patience::Until(deadline)),
            None => self,
        }
    }
}
