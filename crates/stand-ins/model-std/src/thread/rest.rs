//! Giving other threads a chance.

use real::io;
use real::num::NonZeroUsize;
use real::panic::Location;
use real::time::Duration;

use explore::runtime::{self, Blocked, Wait};

/// Others go first; that they do not is a departure. The virtual clock moves on.
#[track_caller]
pub fn sleep(length: Duration) {
    let never = || false;
    let blocked = || Blocked::plain(format!("sleeps for {length:?}"));
    let wait = Wait::until(&never, &blocked).at_most(Some(length));
    runtime::turn(Location::caller(), &wait)
        .say(|note| note.what(format!("has slept for {length:?}")));
}

/// Others go first; that they do not is a departure.
#[track_caller]
pub fn yield_now() {
    runtime::turn(Location::caller(), &Wait::giving_way())
        .say(|note| note.what("gives way to others"));
}

/// Two in every world: a program that starts as many threads as there are processors should stay
/// small enough to explore.
pub fn available_parallelism() -> io::Result<NonZeroUsize> {
    Ok(NonZeroUsize::MIN.saturating_add(1))
}
