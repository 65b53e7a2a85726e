//! `crossbeam::queue`.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};

use explore::runtime::{self, Edge, Object, Place, Touch, Turn, Wait};

/// A queue with a limit.
pub struct ArrayQueue<T> {
    items: Items<T>,
    capacity: usize,
}

/// A queue without a limit.
pub struct SegQueue<T>(Items<T>);

/// What both have in common. Whoever pops an item sees what was done by those who pushed before.
struct Items<T> {
    object: Object,
    list: RefCell<VecDeque<T>>,
}

// SAFETY: a world runs on one operating system thread, and `Object::index`, which every operation
// goes through before it touches the list, refuses an object that another world knows.
#[expect(unsafe_code, reason = "queues are shared like those of `crossbeam`")]
unsafe impl<T: Send> Send for Items<T> {}
// SAFETY: as above.
#[expect(unsafe_code, reason = "queues are shared like those of `crossbeam`")]
unsafe impl<T: Send> Sync for Items<T> {}

impl<T> Items<T> {
    const fn new(kind: &'static str, place: Place) -> Self {
        Items {
            object: Object::new(kind, place),
            list: RefCell::new(VecDeque::new()),
        }
    }

    fn push(&self, place: Place, value: T) {
        let turn = runtime::turn(place, &Wait::none());
        turn.touch(&self.object, Touch::Write, Edge::Both);
        self.list.borrow_mut().push_back(value);
        self.say(turn, "pushes into");
    }

    fn pop(&self, place: Place) -> Option<T> {
        let turn = runtime::look(place);
        self.look(&turn);
        let value = self.list.borrow_mut().pop_front();
        match value {
            Some(_) => {
                turn.touch(&self.object, Touch::Write, Edge::Both);
                self.say(turn, "pops from");
            }
            None => {
                runtime::looked(place, 0);
                self.say(turn, "finds nothing in");
            }
        }
        value
    }

    fn len(&self, place: Place) -> usize {
        let turn = runtime::look(place);
        self.look(&turn);
        let len = self.list.borrow().len();
        runtime::looked(place, len as u64);
        self.say(turn, "counts the items of");
        len
    }

    fn look(&self, turn: &Turn) {
        turn.touch(&self.object, Touch::Read, Edge::Acquire);
    }

    fn say(&self, turn: Turn, before: &str) {
        turn.say(|note| {
            let name = note.name(&self.object);
            note.what(format!("{before} {name}")).uses(&self.object)
        });
    }
}

impl<T> ArrayQueue<T> {
    /// # Panics
    /// If the capacity is zero.
    #[must_use]
    #[track_caller]
    pub fn new(cap: usize) -> Self {
        assert!(cap > 0, "capacity must be non-zero");
        ArrayQueue {
            items: Items::new("ArrayQueue", Location::caller()),
            capacity: cap,
        }
    }

    /// # Errors
    /// With the value, if there is no room.
    #[track_caller]
    pub fn push(&self, value: T) -> Result<(), T> {
        let place = Location::caller();
        let turn = runtime::look(place);
        self.items.look(&turn);
        if self.items.list.borrow().len() == self.capacity {
            runtime::looked(place, 1);
            self.items.say(turn, "finds no room in");
            return Err(value);
        }
        turn.touch(&self.items.object, Touch::Write, Edge::Both);
        self.items.list.borrow_mut().push_back(value);
        self.items.say(turn, "pushes into");
        Ok(())
    }

    /// Pushes, in place of the oldest item if there is no room: that is returned.
    #[track_caller]
    pub fn force_push(&self, value: T) -> Option<T> {
        let turn = runtime::turn(Location::caller(), &Wait::none());
        turn.touch(&self.items.object, Touch::Write, Edge::Both);
        let mut list = self.items.list.borrow_mut();
        let full = list.len() == self.capacity;
        let oldest = full.then(|| list.pop_front()).flatten();
        list.push_back(value);
        drop(list);
        self.items.say(turn, "pushes into");
        oldest
    }

    #[track_caller]
    pub fn pop(&self) -> Option<T> {
        self.items.pop(Location::caller())
    }

    #[must_use]
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    #[track_caller]
    pub fn is_empty(&self) -> bool {
        self.items.len(Location::caller()) == 0
    }

    #[track_caller]
    pub fn is_full(&self) -> bool {
        self.items.len(Location::caller()) == self.capacity
    }

    #[track_caller]
    pub fn len(&self) -> usize {
        self.items.len(Location::caller())
    }
}

impl<T> SegQueue<T> {
    #[must_use]
    #[track_caller]
    pub const fn new() -> Self {
        SegQueue(Items::new("SegQueue", Location::caller()))
    }

    #[track_caller]
    pub fn push(&self, value: T) {
        self.0.push(Location::caller(), value);
    }

    #[track_caller]
    pub fn pop(&self) -> Option<T> {
        self.0.pop(Location::caller())
    }

    #[track_caller]
    pub fn is_empty(&self) -> bool {
        self.0.len(Location::caller()) == 0
    }

    #[track_caller]
    pub fn len(&self) -> usize {
        self.0.len(Location::caller())
    }
}

impl<T> Default for SegQueue<T> {
    #[track_caller]
    fn default() -> Self {
        SegQueue::new()
    }
}

impl<T> IntoIterator for ArrayQueue<T> {
    type Item = T;
    type IntoIter = std::collections::vec_deque::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.list.into_inner().into_iter()
    }
}

impl<T> IntoIterator for SegQueue<T> {
    type Item = T;
    type IntoIter = std::collections::vec_deque::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.list.into_inner().into_iter()
    }
}

impl<T> fmt::Debug for ArrayQueue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("ArrayQueue { .. }")
    }
}

impl<T> fmt::Debug for SegQueue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("SegQueue { .. }")
    }
}

// As those of `crossbeam`.
impl<T> UnwindSafe for ArrayQueue<T> {}
impl<T> RefUnwindSafe for ArrayQueue<T> {}
impl<T> UnwindSafe for SegQueue<T> {}
impl<T> RefUnwindSafe for SegQueue<T> {}
