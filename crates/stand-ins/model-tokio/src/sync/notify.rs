//! `tokio::sync::Notify`: tokio's own, told to the explorer.

use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use explore::runtime::task::{self, Await};
use explore::runtime::{Edge, Object, Touch, Turn};
use real::sync::futures as real_futures;

/// Wakes tasks.
#[derive(Debug)]
pub struct Notify {
    shared: Arc<Shared>,
    real: Arc<real::sync::Notify>,
}

#[derive(Debug)]
struct Shared {
    object: Arc<Object>,
    /// How many tasks wait.
    waiting: AtomicUsize,
}

/// One that waits.
#[derive(Debug)]
struct Waiter {
    shared: Arc<Shared>,
    wait: Await<'static>,
    /// Whether it stands in the queue.
    queued: bool,
}

impl Notify {
    #[track_caller]
    pub fn new() -> Notify {
        Notify {
            shared: Arc::new(Shared {
                object: Arc::new(Object::new("Notify", Location::caller())),
                waiting: AtomicUsize::new(0),
            }),
            real: Arc::new(real::sync::Notify::new()),
        }
    }

    #[track_caller]
    pub fn notified(&self) -> Notified<'_> {
        Notified {
            real: self.real.notified(),
            waiter: self.waiter(Location::caller()),
        }
    }

    #[track_caller]
    pub fn notified_owned(self: Arc<Self>) -> OwnedNotified {
        OwnedNotified {
            real: self.real.clone().notified_owned(),
            waiter: self.waiter(Location::caller()),
        }
    }

    fn waiter(&self, place: explore::runtime::Place) -> Waiter {
        // What came before this moment counts for `notify_waiters`.
        task::step(place).touch(&self.shared.object, Touch::Read, Edge::None);
        Waiter {
            shared: self.shared.clone(),
            wait: Await::on_shared(place, self.shared.object.clone(), "waits to hear from"),
            queued: false,
        }
    }

    #[track_caller]
    pub fn notify_one(&self) {
        let turn = task::step(Location::caller());
        self.real.notify_one();
        self.tell(turn, "the next who waits will hear it", false);
    }

    #[track_caller]
    pub fn notify_last(&self) {
        let turn = task::step(Location::caller());
        self.real.notify_last();
        self.tell(turn, "the next who waits will hear it", false);
    }

    #[track_caller]
    pub fn notify_waiters(&self) {
        let turn = task::step(Location::caller());
        self.real.notify_waiters();
        self.tell(turn, "nobody waits: lost", true);
    }

    fn tell(&self, turn: Turn, unheard: &str, lost: bool) {
        let Shared { object, waiting } = &*self.shared;
        turn.touch(object, Touch::Write, Edge::None);
        turn.say(|note| {
            let name = note.name(object);
            let note = note.uses(object);
            match waiting.load(Ordering::Relaxed) {
                0 if lost => note.what(format!("notifies {name}: {unheard}")).lost(),
                0 => note.what(format!("notifies {name}: {unheard}")),
                _ => note.what(format!("notifies {name}")),
            }
        });
    }
}

impl Waiter {
    fn poll(&mut self, poll: impl FnOnce() -> Poll<()>) -> Poll<()> {
        ready!(self.wait.begin());
        if poll().is_pending() {
            self.queue(true);
            self.wait.pending();
            return Poll::Pending;
        }
        self.queue(false);
        self.wait.ready().say(|note| {
            let name = note.name(&self.shared.object);
            note.what(format!("hears from {name}"))
                .uses(&self.shared.object)
        });
        Poll::Ready(())
    }

    /// Stands in the queue from now on, without a poll; whether it was notified already.
    fn enable(&mut self, enable: impl FnOnce() -> bool) -> bool {
        let turn = task::step(self.wait.place());
        let notified = enable();
        turn.touch(&self.shared.object, Touch::Write, Edge::None);
        self.queue(!notified);
        turn.say(|note| {
            let name = note.name(&self.shared.object);
            note.what(format!("listens to {name} from now on"))
                .uses(&self.shared.object)
        });
        notified
    }

    fn queue(&mut self, queued: bool) {
        match (std::mem::replace(&mut self.queued, queued), queued) {
            (false, true) => self.shared.waiting.fetch_add(1, Ordering::Relaxed),
            (true, false) => self.shared.waiting.fetch_sub(1, Ordering::Relaxed),
            _ => 0,
        };
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        self.queue(false);
    }
}

impl Default for Notify {
    #[track_caller]
    fn default() -> Notify {
        Notify::new()
    }
}

pin_project_lite::pin_project! {
    /// A future that is ready when somebody notifies.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Notified<'a> {
        #[pin]
        real: real_futures::Notified<'a>,
        waiter: Waiter,
    }
}

pin_project_lite::pin_project! {
    /// The same, for a `Notify` in an `Arc`.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct OwnedNotified {
        #[pin]
        real: real_futures::OwnedNotified,
        waiter: Waiter,
    }
}

impl Notified<'_> {
    pub fn enable(self: Pin<&mut Self>) -> bool {
        let this = self.project();
        this.waiter.enable(|| this.real.enable())
    }
}

impl OwnedNotified {
    pub fn enable(self: Pin<&mut Self>) -> bool {
        let this = self.project();
        this.waiter.enable(|| this.real.enable())
    }
}

impl Future for Notified<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        this.waiter.poll(|| this.real.poll(cx))
    }
}

impl Future for OwnedNotified {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        this.waiter.poll(|| this.real.poll(cx))
    }
}
