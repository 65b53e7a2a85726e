//! Ticks.

use std::future::poll_fn;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use explore::runtime::{Place, aside};

use super::instant::FAR;
use super::{Instant, Sleep};

/// A tick that is late by more than this has been missed.
const LATE: Duration = Duration::from_millis(5);

#[track_caller]
pub fn interval(period: Duration) -> Interval {
    assert!(period > Duration::ZERO, "`period` must be non-zero.");
    interval_at(Instant::now(), period)
}

#[track_caller]
pub fn interval_at(start: Instant, period: Duration) -> Interval {
    assert!(period > Duration::ZERO, "`period` must be non-zero.");
    Interval {
        delay: Box::pin(Sleep::until(start, false)),
        period: period.min(FAR),
        missed_tick_behavior: MissedTickBehavior::default(),
        place: Location::caller(),
    }
}

/// What an [`Interval`] does about ticks that nobody waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MissedTickBehavior {
    /// Ticks as fast as it can until it has caught up.
    #[default]
    Burst,
    /// Ticks a period after the late tick, and so on.
    Delay,
    /// Leaves out what was missed.
    Skip,
}

impl MissedTickBehavior {
    fn next(self, due: Instant, now: Instant, period: Duration) -> Instant {
        match self {
            Self::Burst => due + period,
            Self::Delay => now + period,
            Self::Skip => {
                let late = (now - due).as_nanos() % period.as_nanos();
                let late =
                    Duration::from_nanos(u64::try_from(late).expect(
                        "too much time has elapsed since the interval was supposed to tick",
                    ));
                now + (period - late)
            }
        }
    }
}

/// Ticks at a period.
#[derive(Debug)]
pub struct Interval {
    delay: Pin<Box<Sleep>>,
    period: Duration,
    missed_tick_behavior: MissedTickBehavior,
    /// Where it was made, or where it last waited.
    place: Place,
}

impl Interval {
    #[track_caller]
    pub fn tick(&mut self) -> impl Future<Output = Instant> {
        self.place = Location::caller();
        poll_fn(|cx| self.poll_tick(cx))
    }

    pub fn poll_tick(&mut self, cx: &mut Context<'_>) -> Poll<Instant> {
        ready!(self.delay.as_mut().poll(cx));
        let (due, now) = (self.delay.deadline(), Instant::now());
        let next = if now > due + LATE {
            self.missed_tick_behavior.next(due, now, self.period)
        } else {
            due + self.period
        };
        self.delay.as_mut().reset(next);
        aside(Some(self.place)).say(|note| note.what("hears a tick"));
        Poll::Ready(due)
    }

    pub fn reset(&mut self) {
        self.delay.as_mut().reset(Instant::now() + self.period);
    }

    pub fn reset_immediately(&mut self) {
        self.delay.as_mut().reset(Instant::now());
    }

    pub fn reset_after(&mut self, after: Duration) {
        self.delay.as_mut().reset(Instant::after(after));
    }

    pub fn reset_at(&mut self, deadline: Instant) {
        self.delay.as_mut().reset(deadline);
    }

    pub fn missed_tick_behavior(&self) -> MissedTickBehavior {
        self.missed_tick_behavior
    }

    pub fn set_missed_tick_behavior(&mut self, behavior: MissedTickBehavior) {
        self.missed_tick_behavior = behavior;
    }

    pub fn period(&self) -> Duration {
        self.period
    }
}
