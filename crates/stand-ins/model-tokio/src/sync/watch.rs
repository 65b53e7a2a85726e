//! `tokio::sync::watch`: tokio's own channel, told to the explorer.
//!
//! The value stands behind a lock of `std`: who borrows it keeps senders out, and a task that
//! sends meanwhile blocks its thread.

use std::fmt;
use std::ops::Deref;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use explore::runtime::task::{self, Await};
use explore::runtime::{self, Blocked, Edge, Place, Touch, Turn, Wait};
use real::sync::watch;

use super::end::{Channel, End, Side};
use crate::leaf::leaf;

pub mod error {
    pub use real::sync::watch::error::{RecvError, SendError};
}

use error::{RecvError, SendError};

/// Sets the value.
pub struct Sender<T> {
    real: watch::Sender<T>,
    side: Watch,
}

/// Sees the value, and waits for another one.
pub struct Receiver<T> {
    real: watch::Receiver<T>,
    side: Watch,
}

/// The value, borrowed.
pub struct Ref<'a, T> {
    real: watch::Ref<'a, T>,
    _borrow: Borrow<'a>,
}

/// One end, and who uses the value.
#[derive(Debug)]
struct Watch {
    users: Arc<Users>,
    end: End,
}

#[derive(Debug, Default)]
struct Users {
    borrows: AtomicUsize,
    /// Whether it is being changed in place.
    writing: AtomicBool,
}

/// A borrow is over when this is dropped.
#[derive(Debug)]
struct Borrow<'a> {
    side: &'a Watch,
    place: Place,
}

#[track_caller]
pub fn channel<T>(init: T) -> (Sender<T>, Receiver<T>) {
    let place = Location::caller();
    let (sender, receiver) = watch::channel(init);
    let channel = Channel::new("watch", place);
    let users: Arc<Users> = Arc::default();
    let side = |side| Watch {
        users: users.clone(),
        end: End::new(&channel, side, place),
    };
    (
        Sender {
            real: sender,
            side: side(Side::Sender),
        },
        Receiver {
            real: receiver,
            side: side(Side::Receiver),
        },
    )
}

impl Watch {
    fn another(&self, side: Side, place: Place) -> Self {
        Watch {
            users: self.users.clone(),
            end: End::new(self.end.channel(), side, place),
        }
    }

    /// The turn to change the value: nobody borrows it.
    fn turn_to_write(&self, place: Place) -> Turn {
        let Users { borrows, writing } = &*self.users;
        let free = || borrows.load(Ordering::Relaxed) == 0 && !writing.load(Ordering::Relaxed);
        let blocked = || Blocked::on(self.end.object(), "waits for the end of a borrow of");
        let turn = runtime::turn(place, &Wait::until(&free, &blocked));
        turn.touch(self.end.object(), Touch::Write, Edge::None);
        turn
    }

    fn borrow(&self, place: Place) -> Borrow<'_> {
        let free = || !self.users.writing.load(Ordering::Relaxed);
        let blocked = || Blocked::on(self.end.object(), "waits for the end of a change of");
        let turn = runtime::turn(place, &Wait::until(&free, &blocked));
        turn.touch(self.end.object(), Touch::Write, Edge::None);
        self.users.borrows.fetch_add(1, Ordering::Relaxed);
        turn.say(|note| {
            let name = note.name(self.end.object());
            note.what(format!("borrows the value of {name}"))
                .holds(self.end.object())
        });
        Borrow { side: self, place }
    }

    fn observed<V: std::hash::Hash>(&self, value: V) -> V {
        runtime::aside(None).touch(self.end.object(), Touch::Read, Edge::None);
        task::observe(&value);
        value
    }

    fn tell(&self, turn: Turn, what: &str) {
        turn.say(|note| {
            let name = note.name(self.end.object());
            note.what(format!("{what} {name}")).uses(self.end.object())
        });
    }
}

/// The value is not being changed any more when this is dropped, by a panic perhaps.
struct Writes<'a>(&'a AtomicBool);

impl Drop for Writes<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Drop for Borrow<'_> {
    fn drop(&mut self) {
        self.side.users.borrows.fetch_sub(1, Ordering::Relaxed);
        if runtime::world().is_none() {
            return;
        }
        let object = self.side.end.object();
        let turn = runtime::turn_in_destructor(self.place, &Wait::none());
        turn.touch(object, Touch::Write, Edge::None);
        turn.say(|note| {
            let name = note.name(object);
            note.what(format!("ends the borrow of {name}"))
                .frees(object)
        });
    }
}

impl<T> Ref<'_, T> {
    pub fn has_changed(&self) -> bool {
        self.real.has_changed()
    }
}

impl<T> Deref for Ref<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.real
    }
}

impl<T: fmt::Debug> fmt::Debug for Ref<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}

impl<T> Receiver<T> {
    #[track_caller]
    pub fn borrow(&self) -> Ref<'_, T> {
        Ref {
            _borrow: self.side.borrow(Location::caller()),
            real: self.real.borrow(),
        }
    }

    #[track_caller]
    pub fn borrow_and_update(&mut self) -> Ref<'_, T> {
        Ref {
            _borrow: self.side.borrow(Location::caller()),
            real: self.real.borrow_and_update(),
        }
    }

    pub fn has_changed(&self) -> Result<bool, RecvError> {
        let changed = self.real.has_changed();
        self.side.observed(changed.as_ref().ok());
        changed
    }

    pub fn is_closed(&self) -> bool {
        self.side.observed(self.real.is_closed())
    }

    pub fn mark_changed(&mut self) {
        self.real.mark_changed();
    }

    pub fn mark_unchanged(&mut self) {
        self.real.mark_unchanged();
    }

    #[track_caller]
    pub fn changed(&mut self) -> impl Future<Output = Result<(), RecvError>> {
        let place = Location::caller();
        async move {
            let wait = Await::on(place, self.side.end.object(), "waits for a change of");
            let (changed, turn) = leaf(wait, self.real.changed()).await;
            let what = match changed {
                Ok(()) => "sees a change of",
                Err(_) => "finds that the sender is gone from",
            };
            self.side.tell(turn, what);
            changed
        }
    }

    #[track_caller]
    pub fn wait_for(
        &mut self,
        f: impl FnMut(&T) -> bool,
    ) -> impl Future<Output = Result<Ref<'_, T>, RecvError>> {
        let place = Location::caller();
        async move {
            let wait = Await::on(
                place,
                self.side.end.object(),
                "waits for the right value of",
            );
            let (found, turn) = leaf(wait, self.real.wait_for(f)).await;
            match found {
                Ok(real) => {
                    self.side.tell(turn, "finds the right value in");
                    Ok(Ref {
                        _borrow: self.side.borrow(place),
                        real,
                    })
                }
                Err(closed) => {
                    self.side.tell(turn, "finds that the sender is gone from");
                    Err(closed)
                }
            }
        }
    }

    pub fn same_channel(&self, other: &Self) -> bool {
        self.real.same_channel(&other.real)
    }
}

impl<T> Clone for Receiver<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        Receiver {
            real: self.real.clone(),
            side: self.side.another(Side::Receiver, Location::caller()),
        }
    }
}

impl<T> Sender<T> {
    #[track_caller]
    pub fn new(init: T) -> Self {
        channel(init).0
    }

    #[track_caller]
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        let turn = self.side.turn_to_write(Location::caller());
        let sent = self.real.send(value);
        turn.say(|note| {
            let name = note.name(self.side.end.object());
            let note = note.uses(self.side.end.object());
            match sent {
                Ok(()) => note.what(format!("sets {name}")),
                Err(_) => note.what(format!("sets {name}: nobody watches")).lost(),
            }
        });
        sent
    }

    #[track_caller]
    pub fn send_modify<F: FnOnce(&mut T)>(&self, modify: F) {
        self.send_if_modified(|value| {
            modify(value);
            true
        });
    }

    #[track_caller]
    pub fn send_if_modified<F: FnOnce(&mut T) -> bool>(&self, modify: F) -> bool {
        let turn = self.side.turn_to_write(Location::caller());
        let writing = &self.side.users.writing;
        writing.store(true, Ordering::Relaxed);
        let modified = self.real.send_if_modified(|value| {
            let writes = Writes(writing);
            let modified = modify(value);
            drop(writes);
            modified
        });
        let what = if modified {
            "modifies"
        } else {
            "leaves as it is"
        };
        self.side.tell(turn, what);
        modified
    }

    #[track_caller]
    pub fn send_replace(&self, value: T) -> T {
        let turn = self.side.turn_to_write(Location::caller());
        let before = self.real.send_replace(value);
        self.side.tell(turn, "sets");
        before
    }

    #[track_caller]
    pub fn borrow(&self) -> Ref<'_, T> {
        Ref {
            _borrow: self.side.borrow(Location::caller()),
            real: self.real.borrow(),
        }
    }

    pub fn is_closed(&self) -> bool {
        self.side.observed(self.real.is_closed())
    }

    #[track_caller]
    pub fn closed(&self) -> impl Future<Output = ()> {
        let place = Location::caller();
        async move {
            let object = self.side.end.object();
            let wait = Await::on(place, object, "waits for the receivers to go from");
            let ((), turn) = leaf(wait, self.real.closed()).await;
            self.side.tell(turn, "sees that nobody watches");
        }
    }

    #[track_caller]
    pub fn subscribe(&self) -> Receiver<T> {
        let place = Location::caller();
        let turn = task::step(place);
        turn.touch(self.side.end.object(), Touch::Write, Edge::None);
        self.side.tell(turn, "subscribes to");
        Receiver {
            real: self.real.subscribe(),
            side: self.side.another(Side::Receiver, place),
        }
    }

    pub fn receiver_count(&self) -> usize {
        self.side.observed(self.real.receiver_count())
    }

    pub fn sender_count(&self) -> usize {
        self.side.observed(self.real.sender_count())
    }

    pub fn same_channel(&self, other: &Self) -> bool {
        self.real.same_channel(&other.real)
    }
}

impl<T> Clone for Sender<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        Sender {
            real: self.real.clone(),
            side: self.side.another(Side::Sender, Location::caller()),
        }
    }
}

impl<T: Default> Default for Sender<T> {
    #[track_caller]
    fn default() -> Self {
        Sender::new(T::default())
    }
}

macro_rules! show {
    ($($name:ident),*) => { $(
        impl<T: fmt::Debug> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.real.fmt(f)
            }
        }
    )* };
}
show!(Sender, Receiver);
