//! Channels of moments, by the virtual clock.

use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use explore::runtime;
use model_std::time::Instant;
use parts::channel::Timer;

use super::Receiver;
use super::receiver::Flavor;

#[must_use]
#[track_caller]
pub fn after(duration: Duration) -> Receiver<Instant> {
    let when = runtime::now().checked_add(duration);
    moments(Timer::new("after", when, None, Location::caller()))
}

#[must_use]
#[track_caller]
pub fn at(when: Instant) -> Receiver<Instant> {
    let when = Some(reading(when));
    moments(Timer::new("at", when, None, Location::caller()))
}

#[must_use]
#[track_caller]
pub fn tick(duration: Duration) -> Receiver<Instant> {
    let first = runtime::now().checked_add(duration);
    moments(Timer::new(
        "tick",
        first,
        Some(duration),
        Location::caller(),
    ))
}

#[must_use]
#[track_caller]
pub fn never<T>() -> Receiver<T> {
    let timer = Timer::new("never", None, None, Location::caller());
    let make = |_| unreachable!("nothing is ever received");
    Receiver(Flavor::Timer(Arc::new(timer), make))
}

fn moments(timer: Timer) -> Receiver<Instant> {
    Receiver(Flavor::Timer(Arc::new(timer), instant))
}

/// What the virtual clock shows at `instant`; its beginning for anything before that.
pub(crate) fn reading(instant: Instant) -> Duration {
    let (now, here) = (Instant::now(), runtime::now());
    match instant.checked_duration_since(now) {
        Some(later) => here.saturating_add(later),
        None => here.saturating_sub(now.duration_since(instant)),
    }
}

/// The other way round.
fn instant(reading: Duration) -> Instant {
    let (now, here) = (Instant::now(), runtime::now());
    match reading.checked_sub(here) {
        Some(later) => now + later,
        None => now - (here - reading),
    }
}
