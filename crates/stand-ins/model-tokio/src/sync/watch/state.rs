//! What both ends of a watch share.

use std::fmt;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use explore::runtime::{self, Blocked, Edge, Object, Place, Touch, Turn, Wait, task};
use real::sync::Notify;

use super::super::end::{self, Channel, End};

/// The value, and who waits for another one.
#[derive(Debug)]
pub(super) struct State<T> {
    channel: Arc<Channel>,
    value: RwLock<T>,
    /// Which value it is.
    version: AtomicU64,
    closed: AtomicBool,
    /// How many borrow the value.
    borrows: AtomicUsize,
    /// Whether the value is being changed in place.
    writing: AtomicBool,
    pub changed: Notify,
    pub deserted: Notify,
}

/// One end.
pub(super) struct Side;

impl Side {
    pub fn sender<T>(state: &State<T>, place: Place) -> End {
        End::new(&state.channel, end::Side::Sender, place)
    }

    pub fn receiver<T>(state: &State<T>, place: Place) -> End {
        End::new(&state.channel, end::Side::Receiver, place)
    }
}

impl<T> State<T> {
    pub fn new(value: T, made: Place) -> Self {
        State {
            channel: Channel::new("watch", made),
            value: RwLock::new(value),
            version: AtomicU64::new(0),
            closed: AtomicBool::new(false),
            borrows: AtomicUsize::new(0),
            writing: AtomicBool::new(false),
            changed: Notify::const_new(),
            deserted: Notify::const_new(),
        }
    }

    pub fn object(&self) -> &Object {
        &self.channel.object
    }

    pub fn channel(&self) -> &Arc<Channel> {
        &self.channel
    }

    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Relaxed)
    }

    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    pub fn receivers(&self) -> usize {
        self.channel.count(end::Side::Receiver)
    }

    pub fn senders(&self) -> usize {
        self.channel.count(end::Side::Sender)
    }

    /// The last sender goes.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        self.changed.notify_waiters();
    }

    /// Changes the value, unless `modify` says that it did not, and tells whoever waits. `what`
    /// is what a reader is told.
    pub fn modify(&self, place: Place, modify: impl FnOnce(&mut T) -> bool, what: &str) -> bool {
        let free =
            || self.borrows.load(Ordering::Relaxed) == 0 && !self.writing.load(Ordering::Relaxed);
        let blocked = || Blocked::on(self.object(), "waits for the end of a borrow of");
        let turn = runtime::turn(place, &Wait::until(&free, &blocked));
        turn.touch(self.object(), Touch::Write, Edge::None);
        let modified = {
            let _writes = Writes::begin(&self.writing);
            let mut value = self.value.write().unwrap_or_else(PoisonError::into_inner);
            modify(&mut value)
        };
        if modified {
            self.version.fetch_add(1, Ordering::Relaxed);
            self.changed.notify_waiters();
        }
        self.tell(turn, if modified { what } else { "leaves as it is" });
        modified
    }

    /// Borrows the value; `version` is the one seen last.
    pub fn borrow(&self, place: Place, version: Option<u64>) -> Ref<'_, T> {
        let free = || !self.writing.load(Ordering::Relaxed);
        let blocked = || Blocked::on(self.object(), "waits for the end of a change of");
        let turn = runtime::turn(place, &Wait::until(&free, &blocked));
        turn.touch(self.object(), Touch::Write, Edge::None);
        self.borrows.fetch_add(1, Ordering::Relaxed);
        turn.say(|note| {
            let name = note.name(self.object());
            note.what(format!("borrows the value of {name}"))
                .holds(self.object())
        });
        let borrow = Borrow {
            borrows: &self.borrows,
            object: self.object(),
            place,
        };
        Ref {
            value: self.value.read().unwrap_or_else(PoisonError::into_inner),
            has_changed: version.is_some_and(|version| version != self.version()),
            _borrow: borrow,
        }
    }

    /// The current lane learns something about the watch.
    pub fn observed<V: std::hash::Hash>(&self, value: V) -> V {
        runtime::aside(None).touch(self.object(), Touch::Read, Edge::None);
        task::observe(&value);
        value
    }

    pub fn tell(&self, turn: Turn, what: &str) {
        turn.say(|note| {
            let name = note.name(self.object());
            note.what(format!("{what} {name}")).uses(self.object())
        });
    }
}

/// The value is not being changed any more when this is dropped, by a panic perhaps.
struct Writes<'a>(&'a AtomicBool);

impl<'a> Writes<'a> {
    fn begin(writing: &'a AtomicBool) -> Self {
        writing.store(true, Ordering::Relaxed);
        Writes(writing)
    }
}

impl Drop for Writes<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// The value, borrowed. Senders wait for its end, and block their thread meanwhile.
pub struct Ref<'a, T> {
    value: RwLockReadGuard<'a, T>,
    has_changed: bool,
    _borrow: Borrow<'a>,
}

/// A borrow is over when this is dropped.
struct Borrow<'a> {
    borrows: &'a AtomicUsize,
    object: &'a Object,
    place: Place,
}

impl<T> Ref<'_, T> {
    pub fn has_changed(&self) -> bool {
        self.has_changed
    }
}

impl<T> Deref for Ref<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Ref<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ref")
            .field("inner", &&*self.value)
            .field("has_changed", &self.has_changed)
            .finish()
    }
}

impl Drop for Borrow<'_> {
    fn drop(&mut self) {
        self.borrows.fetch_sub(1, Ordering::Relaxed);
        if runtime::world().is_none() {
            return;
        }
        let turn = runtime::turn_in_destructor(self.place, &Wait::none());
        turn.touch(self.object, Touch::Write, Edge::None);
        turn.say(|note| {
            let name = note.name(self.object);
            note.what(format!("ends the borrow of {name}"))
                .frees(self.object)
        });
    }
}
