//! Who a thread is, and how it is parked.

use real::fmt;
use real::num::NonZeroU64;
use real::panic::Location;
use real::sync::Arc;
use real::time::Duration;

use explore::runtime::{self, LaneId, Object, Patience, Place};
use parts::Token;

/// A thread, seen from any thread.
#[derive(Clone)]
pub struct Thread(Arc<Inner>);

struct Inner {
    lane: LaneId,
    name: Option<String>,
    token: Token,
}

// SAFETY: all threads of a world are carried by one operating system thread, and the object in
// the token refuses any other world.
unsafe impl Send for Thread {}
// SAFETY: as above.
unsafe impl Sync for Thread {}

/// Tells threads of one run apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ThreadId(NonZeroU64);

impl Thread {
    /// A new thread makes itself known as the first thing it does.
    pub(super) fn begin(name: Option<String>, made: Place) {
        let lane = runtime::lane();
        runtime::belonging(lane, || Thread::new(lane, name, made));
    }

    /// The thread of a lane that has begun, or was not spawned as a thread.
    pub(super) fn of(lane: LaneId) -> Thread {
        let made = Location::caller();
        let name = || (lane == 0).then(|| "main".to_owned());
        runtime::belonging(lane, || Thread::new(lane, name(), made))
            .as_ref()
            .clone()
    }

    fn new(lane: LaneId, name: Option<String>, made: Place) -> Self {
        #[expect(
            clippy::arc_with_non_send_sync,
            reason = "`Thread` says why it is both"
        )]
        Thread(Arc::new(Inner {
            lane,
            name,
            token: Token::new(made),
        }))
    }

    pub(super) fn lane(&self) -> LaneId {
        self.0.lane
    }

    pub(super) fn object(&self) -> &Object {
        self.0.token.object()
    }

    /// The number depends on the order in which the threads of this run began.
    #[must_use]
    pub fn id(&self) -> ThreadId {
        let number = self.0.lane as u64 + 1;
        runtime::told(runtime::lane(), number);
        ThreadId(NonZeroU64::new(number).expect("at least 1"))
    }

    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    #[track_caller]
    pub fn unpark(&self) {
        self.0.token.leave(Location::caller(), self.0.lane);
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thread")
            .field("id", &self.id())
            .field("name", &self.name())
            .finish_non_exhaustive()
    }
}

#[must_use]
pub fn current() -> Thread {
    Thread::of(runtime::lane())
}

/// May return without a reason, which is one departure.
#[track_caller]
pub fn park() {
    current()
        .0
        .token
        .take(Location::caller(), Patience::Spurious);
}

/// May return before the time is over, which is one departure.
#[track_caller]
pub fn park_timeout(limit: Duration) {
    let deadline = runtime::now().checked_add(limit);
    let patience = deadline.map_or(Patience::Spurious, Patience::SpuriousUntil);
    current().0.token.take(Location::caller(), patience);
}
