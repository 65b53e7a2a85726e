//! The pointer that threads share.
//!
//! An address says nothing about a state: the same list lies elsewhere in another run. So the
//! explorer gets a name for each pointer, made from what the lane that first shared it had seen
//! by then, and a table leads back.

use explore::runtime::atomic::{Orders, Word};
use explore::runtime::{Place, Released};
use real::cell::RefCell;
use real::collections::HashMap;
use real::fmt;
use real::panic::Location;
use real::rc::Rc;

use super::Ordering;
use super::order::{for_exchange, for_load, for_store, for_update};

/// A pointer that threads share.
pub struct AtomicPtr<T> {
    word: Word,
    /// The value before the first operation.
    first: *mut T,
}

// SAFETY: as in std: a pointer is only a value; using it is up to the program.
unsafe impl<T> Send for AtomicPtr<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for AtomicPtr<T> {}

/// The names of the pointers of one run.
#[derive(Default)]
struct Names {
    name: HashMap<*mut (), u64>,
    pointer: HashMap<u64, *mut ()>,
}

/// Kept with lane 0, so that it is new in every run.
fn names() -> Rc<RefCell<Names>> {
    explore::runtime::belonging::<Rc<RefCell<Names>>>(0, Rc::default)
        .as_ref()
        .clone()
}

fn name<T>(pointer: *mut T) -> u64 {
    let pointer = pointer.cast::<()>();
    if pointer.is_null() {
        return 0;
    }
    let names = names();
    let Names {
        name,
        pointer: back,
    } = &mut *names.borrow_mut();
    *name.entry(pointer).or_insert_with(|| {
        let mut free = Released::now().identity();
        while free == 0 || back.contains_key(&free) {
            free = free.wrapping_add(1);
        }
        back.insert(free, pointer);
        free
    })
}

fn pointer<T>(name: u64) -> *mut T {
    let pointer = names().borrow().pointer.get(&name).copied();
    pointer.map_or(real::ptr::null_mut(), <*mut ()>::cast)
}

/// A reader need not see an address, which is another one in every run.
fn show(name: u64) -> String {
    match name {
        0 => "null".to_owned(),
        name => format!("#{:04x}", name as u16),
    }
}

impl<T> AtomicPtr<T> {
    #[track_caller]
    pub const fn new(pointer: *mut T) -> Self {
        AtomicPtr {
            word: Word::new("AtomicPtr", 0, Location::caller()),
            first: pointer,
        }
    }

    #[track_caller]
    pub fn load(&self, order: Ordering) -> *mut T {
        let place = Location::caller();
        pointer(self.word().load(place, for_load(order), show))
    }

    #[track_caller]
    pub fn store(&self, new: *mut T, order: Ordering) {
        let place = Location::caller();
        self.word().store(name(new), place, for_store(order), show);
    }

    #[track_caller]
    pub fn swap(&self, new: *mut T, order: Ordering) -> *mut T {
        let new = name(new);
        let (place, way) = (Location::caller(), ("swaps", false));
        let orders = for_update(order);
        match self
            .word()
            .update(place, orders, way, show, &mut |_| Some(new))
        {
            Ok(old) | Err(old) => pointer(old),
        }
    }

    #[track_caller]
    pub fn compare_exchange(
        &self,
        current: *mut T,
        new: *mut T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<*mut T, *mut T> {
        let orders = for_exchange(success, failure);
        let way = ("compare_exchange", false);
        self.exchange(Location::caller(), current, new, orders, way)
    }

    #[track_caller]
    pub fn compare_exchange_weak(
        &self,
        current: *mut T,
        new: *mut T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<*mut T, *mut T> {
        let orders = for_exchange(success, failure);
        let way = ("compare_exchange_weak", true);
        self.exchange(Location::caller(), current, new, orders, way)
    }

    /// A load and weak exchanges until one succeeds, as in `std`: `f` may run again.
    #[track_caller]
    pub fn fetch_update<F>(
        &self,
        set: Ordering,
        fetch: Ordering,
        mut f: F,
    ) -> Result<*mut T, *mut T>
    where
        F: FnMut(*mut T) -> Option<*mut T>,
    {
        let mut seen = self.load(fetch);
        while let Some(new) = f(seen) {
            match self.compare_exchange_weak(seen, new, set, fetch) {
                Ok(old) => return Ok(old),
                Err(newer) => seen = newer,
            }
        }
        Err(seen)
    }

    pub fn get_mut(&mut self) -> &mut *mut T {
        self.first = self.newest();
        self.word.reset(0);
        &mut self.first
    }

    pub fn into_inner(self) -> *mut T {
        self.newest()
    }

    fn exchange(
        &self,
        place: Place,
        current: *mut T,
        new: *mut T,
        orders: Orders,
        way: (&'static str, bool),
    ) -> Result<*mut T, *mut T> {
        let (current, new) = (name(current), name(new));
        let mut change = |old: u64| (old == current).then_some(new);
        match self.word().update(place, orders, way, show, &mut change) {
            Ok(old) => Ok(pointer(old)),
            Err(old) => Err(pointer(old)),
        }
    }

    fn word(&self) -> &Word {
        self.word.prepare(|| name(self.first));
        &self.word
    }

    /// The value, for a caller that nobody else can disturb.
    fn newest(&self) -> *mut T {
        match self.word.is_in_use() {
            true => pointer(self.word.peek()),
            false => self.first,
        }
    }
}

impl<T> Default for AtomicPtr<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(real::ptr::null_mut())
    }
}

impl<T> From<*mut T> for AtomicPtr<T> {
    #[track_caller]
    fn from(pointer: *mut T) -> Self {
        Self::new(pointer)
    }
}

impl<T> fmt::Debug for AtomicPtr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.load(Ordering::Relaxed).fmt(f)
    }
}
