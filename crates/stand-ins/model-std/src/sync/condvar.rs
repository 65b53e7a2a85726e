//! `std::sync::Condvar`.
//!
//! Every wait may end without a reason, as std allows; that is one departure.

use real::fmt;
use real::panic::Location;
use real::sync::{LockResult, PoisonError};
use real::time::Duration;

use explore::runtime::{self, Patience, Place, Woke};
use parts::Sleepers;

use super::MutexGuard;

/// A condition variable.
pub struct Condvar(Sleepers);

// SAFETY: as for `Mutex`.
unsafe impl Send for Condvar {}
// SAFETY: as for `Mutex`.
unsafe impl Sync for Condvar {}

/// Whether a timed wait ended because the time was over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    #[must_use]
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    #[track_caller]
    pub const fn new() -> Self {
        Condvar(Sleepers::new("Condvar", Location::caller()))
    }

    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        self.sleep(guard, Location::caller(), Patience::Spurious).0
    }

    #[track_caller]
    pub fn wait_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: F,
    ) -> LockResult<MutexGuard<'a, T>>
    where
        F: FnMut(&mut T) -> bool,
    {
        let place = Location::caller();
        while condition(&mut guard) {
            guard = self.sleep(guard, place, Patience::Spurious).0?;
        }
        Ok(guard)
    }

    #[track_caller]
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        limit: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let (guard, woke) = self.sleep(guard, Location::caller(), until(deadline(limit)));
        with(guard, WaitTimeoutResult(woke == Woke::TimedOut))
    }

    #[track_caller]
    pub fn wait_timeout_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        limit: Duration,
        mut condition: F,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>
    where
        F: FnMut(&mut T) -> bool,
    {
        let place = Location::caller();
        let end = deadline(limit);
        loop {
            if !condition(&mut guard) {
                return Ok((guard, WaitTimeoutResult(false)));
            }
            if end.is_some_and(|end| end <= runtime::now()) {
                return Ok((guard, WaitTimeoutResult(true)));
            }
            guard = match self.sleep(guard, place, until(end)) {
                (Ok(guard), _) => guard,
                (guard, woke) => return with(guard, WaitTimeoutResult(woke == Woke::TimedOut)),
            };
        }
    }

    #[track_caller]
    pub fn notify_one(&self) {
        self.0.notify_one(Location::caller());
    }

    #[track_caller]
    pub fn notify_all(&self) {
        self.0.notify_all(Location::caller());
    }

    #[track_caller]
    fn sleep<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        place: Place,
        patience: Patience,
    ) -> (LockResult<MutexGuard<'a, T>>, Woke) {
        let mutex = guard.dissolve();
        let woke = self.0.wait(&mutex.lock, place, patience);
        (mutex.guard(place), woke)
    }
}

/// When a wait of this length ends; never, if the clock cannot show it.
fn deadline(limit: Duration) -> Option<Duration> {
    runtime::now().checked_add(limit)
}

fn until(deadline: Option<Duration>) -> Patience {
    deadline.map_or(Patience::Spurious, Patience::SpuriousUntil)
}

fn with<G, R>(guard: LockResult<G>, result: R) -> LockResult<(G, R)> {
    match guard {
        Ok(guard) => Ok((guard, result)),
        Err(poisoned) => Err(PoisonError::new((poisoned.into_inner(), result))),
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
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}
