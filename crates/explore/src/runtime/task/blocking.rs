//! Futures on a thread that may block.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use super::super::{Blocked, Place, Wait, turn};
use super::{block, may_block};

/// Blocks the current lane until `future` is ready. A task may not.
pub fn block_on<F: Future>(place: Place, what: &str, future: F) -> F::Output {
    if !may_block() {
        block(place, what);
    }
    let mut future = pin!(future);
    let alarm = Arc::new(Alarm::default());
    let waker = Waker::from(alarm.clone());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        let rings = || alarm.0.load(Ordering::Relaxed);
        let blocked = || Blocked::plain(what);
        // The turn is taken for the next poll, which says what it finds.
        let _ = turn(place, &Wait::until(&rings, &blocked));
        alarm.0.store(false, Ordering::Relaxed);
    }
}

/// Wakes a lane that blocks on a future.
#[derive(Default)]
struct Alarm(AtomicBool);

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}
