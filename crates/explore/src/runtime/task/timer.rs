//! Timers.

use std::task::{Context, Poll};
use std::time::Duration;

use super::super::clock;
use super::{observe, with};
use crate::tasks::{Key, rounded};
use crate::world::World;

/// A timer of the runtime. It counts whole milliseconds and never ends early.
#[derive(Debug)]
pub struct Timer {
    deadline: Duration,
    key: Option<Key>,
}

impl Timer {
    /// A timer that ends at `deadline`, by the clock of [`now`](crate::runtime::now).
    pub fn new(deadline: Duration) -> Self {
        Timer {
            deadline,
            key: None,
        }
    }

    /// When it ends.
    pub fn deadline(&self) -> Duration {
        self.deadline
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        let over = clock() >= rounded(self.deadline);
        observe(over);
        over
    }

    /// Asks for another end.
    pub fn reset(&mut self, deadline: Duration) {
        self.stop();
        self.deadline = deadline;
    }

    /// Whether it is over. If not, the current task is woken at the end.
    pub fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.is_over() {
            self.stop();
            return Poll::Ready(());
        }
        with(|world, runtime| {
            let (lane, mut timers) = (world.current.get(), runtime.timers());
            match self.key {
                Some(key) => timers.renew(key, lane, cx.waker()),
                None => {
                    let end = rounded(self.deadline);
                    self.key = Some(timers.start(end, lane, cx.waker().clone()));
                }
            }
        });
        Poll::Pending
    }

    fn stop(&mut self) {
        if let Some(key) = self.key.take()
            && let Some(world) = World::current()
            && let Some(runtime) = world.scheduler.clone().runtime()
        {
            runtime.timers().stop(key);
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.stop();
    }
}
