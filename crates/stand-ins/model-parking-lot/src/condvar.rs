//! `parking_lot::Condvar`. It never wakes without a reason, and knows how many it has woken.

use std::fmt;
use std::panic::Location;
use std::time::Duration;

use explore::runtime::{Patience, Place, Woke};
use model_std::time::Instant;
use parts::{Lock, Sleepers};

use crate::MutexGuard;
use crate::held::{after, until};

/// A condition variable.
pub struct Condvar(Sleepers);

// SAFETY: as for `RawMutex`.
unsafe impl Send for Condvar {}
// SAFETY: as for `RawMutex`.
unsafe impl Sync for Condvar {}

/// Whether a timed wait ended because the time was over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    #[must_use]
    pub const fn timed_out(self) -> bool {
        self.0
    }
}

impl Condvar {
    #[track_caller]
    pub const fn new() -> Self {
        Condvar(Sleepers::new("Condvar", Location::caller()))
    }

    #[track_caller]
    pub fn notify_one(&self) -> bool {
        self.0.notify_one(Location::caller())
    }

    #[track_caller]
    pub fn notify_all(&self) -> usize {
        self.0.notify_all(Location::caller())
    }

    #[track_caller]
    pub fn wait<T: ?Sized>(&self, guard: &mut MutexGuard<'_, T>) {
        self.sleep(guard, Location::caller(), None);
    }

    #[track_caller]
    pub fn wait_while<T, F>(&self, guard: &mut MutexGuard<'_, T>, mut condition: F)
    where
        T: ?Sized,
        F: FnMut(&mut T) -> bool,
    {
        while condition(&mut **guard) {
            self.sleep(guard, Location::caller(), None);
        }
    }

    #[track_caller]
    pub fn wait_for<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        limit: Duration,
    ) -> WaitTimeoutResult {
        self.sleep(guard, Location::caller(), after(limit))
    }

    #[track_caller]
    pub fn wait_until<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        end: Instant,
    ) -> WaitTimeoutResult {
        self.sleep(guard, Location::caller(), until(end))
    }

    #[track_caller]
    pub fn wait_while_for<T, F>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        condition: F,
        limit: Duration,
    ) -> WaitTimeoutResult
    where
        T: ?Sized,
        F: FnMut(&mut T) -> bool,
    {
        self.sleep_while(guard, Location::caller(), condition, after(limit))
    }

    #[track_caller]
    pub fn wait_while_until<T, F>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        condition: F,
        end: Instant,
    ) -> WaitTimeoutResult
    where
        T: ?Sized,
        F: FnMut(&mut T) -> bool,
    {
        self.sleep_while(guard, Location::caller(), condition, until(end))
    }

    #[track_caller]
    fn sleep_while<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        place: Place,
        mut condition: impl FnMut(&mut T) -> bool,
        deadline: Option<Duration>,
    ) -> WaitTimeoutResult {
        let mut result = WaitTimeoutResult(false);
        while condition(&mut **guard) {
            if result.timed_out() {
                return result;
            }
            result = self.sleep(guard, place, deadline);
        }
        WaitTimeoutResult(false)
    }

    #[track_caller]
    fn sleep<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        place: Place,
        deadline: Option<Duration>,
    ) -> WaitTimeoutResult {
        // SAFETY: the raw lock is only used to give it back and take it again, while the guard
        // is borrowed.
        let lock: &Lock = unsafe { &MutexGuard::mutex(guard).raw().0 };
        let patience = deadline.map_or(Patience::Endless, Patience::Until);
        WaitTimeoutResult(self.0.wait(lock, place, patience) == Woke::TimedOut)
    }
}

impl Default for Condvar {
    #[track_caller]
    fn default() -> Self {
        Condvar::new()
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("Condvar { .. }")
    }
}
