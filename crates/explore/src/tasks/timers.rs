//! Timers on the virtual clock.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::task::Waker;
use std::time::Duration;

use crate::runtime::LaneId;

/// Names a timer: when it ends, and which one it is among those made so far.
pub(crate) type Key = (Duration, u64);

/// The timers that run.
#[derive(Default)]
pub(crate) struct Timers {
    running: BTreeMap<Key, (LaneId, Waker)>,
    made: u64,
}

impl Timers {
    /// Starts a timer that wakes `waker` at the end.
    pub fn start(&mut self, end: Duration, lane: LaneId, waker: Waker) -> Key {
        self.made += 1;
        let key = (end, self.made);
        self.running.insert(key, (lane, waker));
        key
    }

    /// Another poll of what waits for a timer, with another waker perhaps.
    pub fn renew(&mut self, key: Key, lane: LaneId, waker: &Waker) {
        if let Some(entry) = self.running.get_mut(&key) {
            entry.0 = lane;
            entry.1.clone_from(waker);
        }
    }

    /// Stops a timer.
    pub fn stop(&mut self, key: Key) {
        self.running.remove(&key);
    }

    /// When the next timer ends.
    pub fn next(&self) -> Option<Duration> {
        self.running.keys().next().map(|(end, _)| *end)
    }

    /// The timers that are over at `now`, in the order of their ends and of their beginnings.
    pub fn take_over(&mut self, now: Duration) -> Vec<Waker> {
        let mut over = Vec::new();
        while let Some(entry) = self.running.first_entry()
            && entry.key().0 <= now
        {
            over.push(entry.remove().1);
        }
        over
    }

    /// Feeds what the rest of a run depends on.
    pub fn hash(&self, identity: impl Fn(LaneId) -> u64, hasher: &mut impl Hasher) {
        for ((end, _), (lane, _)) in &self.running {
            (end, identity(*lane)).hash(hasher);
        }
    }
}

/// The end of a wait as tokio's timer sees it: it counts whole milliseconds, and never ends early.
pub(crate) fn rounded(deadline: Duration) -> Duration {
    let millis = deadline.as_nanos().div_ceil(1_000_000);
    Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
}
