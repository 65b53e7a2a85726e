//! Waiting for a moment.

use std::marker::PhantomPinned;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use explore::runtime::aside;
use explore::runtime::task::{Await, Timer};

use super::Instant;

pin_project_lite::pin_project! {
    /// A future that is ready at a moment.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Sleep {
        timer: Timer,
        wait: Await<'static>,
        // Whether the beginning of the wait is worth a line.
        told: bool,
        #[pin]
        pinned: PhantomPinned,
    }
}

#[track_caller]
pub fn sleep(duration: Duration) -> Sleep {
    Sleep::until(Instant::after(duration), true)
}

#[track_caller]
pub fn sleep_until(deadline: Instant) -> Sleep {
    Sleep::until(deadline, true)
}

impl Sleep {
    /// A sleep; `told` where a reader should see it begin.
    #[track_caller]
    pub(super) fn until(deadline: Instant, told: bool) -> Self {
        Sleep {
            timer: Timer::new(deadline.of_world()),
            wait: Await::plain(Location::caller(), "sleeps"),
            told,
            pinned: PhantomPinned,
        }
    }

    pub fn deadline(&self) -> Instant {
        Instant::from_world(self.timer.deadline())
    }

    pub fn is_elapsed(&self) -> bool {
        self.timer.is_over()
    }

    pub fn reset(self: Pin<&mut Self>, deadline: Instant) {
        let this = self.project();
        this.timer.reset(deadline.of_world());
        this.wait.renew();
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        let is_new = this.wait.is_new();
        ready!(this.wait.begin_alone());
        if this.timer.poll(cx).is_ready() {
            // The wait is over, and the turn is for what comes of it.
            let _ = this.wait.ready();
            return Poll::Ready(());
        }
        if is_new && *this.told {
            aside(Some(this.wait.place())).say(|note| {
                let now = explore::runtime::clock();
                let rest = this.timer.deadline().saturating_sub(now);
                note.what(format!("sleeps for {rest:?}"))
            });
        }
        this.wait.pending();
        Poll::Pending
    }
}
