//! The real world: the ordinary runtime and operating system, for what no model holds, such as
//! sockets, signals and files. One run, in real time.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use timeline::{Coverage, Timeline, World};

use crate::verdict::{Failure, FailureKind, Verdict};
use crate::{hook, record};

/// How long a trial may take unless it says otherwise.
const LIMIT: Duration = Duration::from_secs(8);

/// A trial in the real world.
#[derive(Clone, Copy, Debug)]
#[must_use = "nothing runs before `check`"]
pub struct Real {
    limit: Duration,
}

/// Runs a program on the ordinary runtime and operating system.
///
/// It runs once, so it says nothing of other schedules: what can be tried in [`tasks`] or
/// [`threads`] belongs there.
///
/// [`tasks`]: crate::tasks
/// [`threads`]: crate::threads
pub fn real() -> Real {
    Real { limit: LIMIT }
}

impl Real {
    /// How much wall time the trial may take. Default: 8 seconds, which is less than what the
    /// runner gives a property.
    pub fn within(self, limit: Duration) -> Self {
        Self { limit }
    }

    /// Runs the program and asserts that it holds.
    ///
    /// # Panics
    /// If the operating system has no memory for a thread, or if the program fails. A failure of
    /// which a runner is told is no panic: there is no picture, and what the program printed is
    /// all that there is to see.
    pub fn check(self, program: impl FnOnce() + Send + 'static) {
        let verdict = self.explore(program);
        assert!(verdict.passed() || record::is_wanted(), "\n{verdict}");
    }

    /// Runs the program. One that is not over at its limit is left alone; it ends with the
    /// process.
    ///
    /// # Panics
    /// If the operating system has no memory for a thread.
    pub fn explore(self, program: impl FnOnce() + Send + 'static) -> Verdict {
        record::begin();
        let (over, end) = mpsc::channel();
        let world = thread::Builder::new().name("world".to_owned());
        // At the limit, nobody waits for the end any more.
        let run = move || drop(over.send(hook::catch(program)));
        world.spawn(run).expect("a thread for the world");
        let failure = match end.recv_timeout(self.limit) {
            Ok(Ok(())) => None,
            Ok(Err(message)) => Some((FailureKind::Panicked, message)),
            Err(RecvTimeoutError::Timeout) => {
                let message = format!("still running after {:?}", self.limit);
                Some((FailureKind::TooLong, message))
            }
            Err(RecvTimeoutError::Disconnected) => unreachable!("every end is told"),
        };
        let verdict = Verdict {
            world: World::Real,
            weak_memory: false,
            failure: failure.map(|(kind, message)| Failure { kind, message }),
            schedules: 1,
            coverage: Coverage::OneRun,
            timeline: Timeline::default(),
            token: None,
            graph: None,
        };
        record::end(&verdict);
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_holds_passes() {
        let verdict = real().explore(|| assert_eq!(1 + 1, 2));
        verdict.expect_pass();
        assert_eq!(verdict.covered(), "ran once, in real time");
    }

    #[test]
    fn a_panic_is_told_with_its_place() {
        let verdict = real().explore(|| panic!("the door is shut"));
        verdict.expect_failure(FailureKind::Panicked);
        let message = &verdict.failure().expect("it failed").message;
        let line = line!() - 3;
        assert_eq!(*message, format!("the door is shut (real.rs:{line})"));
    }

    #[test]
    fn what_does_not_end_is_left_at_its_limit() {
        let (_kept, never) = mpsc::channel::<()>();
        let verdict = real()
            .within(Duration::from_millis(20))
            .explore(move || assert!(never.recv().is_err()));
        verdict.expect_failure(FailureKind::TooLong);
        let message = &verdict.failure().expect("it failed").message;
        assert_eq!(message, "still running after 20ms");
    }

    #[test]
    #[should_panic(expected = "nobody at home")]
    fn who_has_no_runner_hears_of_a_failure() {
        real().check(|| panic!("nobody at home"));
    }
}
