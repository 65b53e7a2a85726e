//! On which terms programs are run.

use std::time::Duration;

/// How programs are to be run.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// How long one may take.
    pub limit: Duration,
    /// What becomes of the snapshots that tests compare with.
    pub snapshots: Snapshots,
}

/// What becomes of the snapshots that tests compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Snapshots {
    /// A test fails where something has changed.
    Compare,
    /// They are not looked at.
    Ignore,
    /// They are written anew.
    Accept,
}

impl Snapshots {
    /// For insta. Whatever the user's environment or configuration says, it does not count.
    pub fn environment(self) -> [(&'static str, &'static str); 2] {
        let (update, force) = match self {
            Self::Compare => ("no", "0"),
            Self::Ignore => ("no", "1"),
            Self::Accept => ("always", "0"),
        };
        [("INSTA_UPDATE", update), ("INSTA_FORCE_PASS", force)]
    }
}
