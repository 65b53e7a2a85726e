//! The memory of a world: what each atomic was set to, and what each lane may still read.
//!
//! In plain interleavings every load reads the newest store. Under the memory model a lane has a
//! *view*: for each atomic the oldest store that it may still read. A load may read any store
//! from there on; an acquiring load of a releasing store joins the views; `SeqCst` operations
//! share a view of their own. This is the view-based reading of C++20 (after Kang et al., *A
//! Promising Semantics for Relaxed-Memory Concurrency*, POPL 2017, without promises). Stores to one atomic take
//! effect in the order in which they run, so two outcomes that the standard allows are not
//! explored: a load that reads a store of its own future, and two lanes' stores that end up in an
//! order which contradicts both programs.

use std::cell::{Cell, RefCell};
use std::sync::atomic::Ordering;

use crate::world::digest;

/// For each atomic, by the index of its object, the oldest store that may still be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct View {
    stores: Vec<u32>,
    /// What a release fence of this lane has published: carried by its later relaxed stores.
    fenced: Vec<u32>,
    /// What its relaxed loads have read: seen by its next acquire fence.
    pending: Vec<u32>,
}

fn join(into: &mut Vec<u32>, from: &[u32]) {
    if into.len() < from.len() {
        into.resize(from.len(), 0);
    }
    for (mine, &other) in into.iter_mut().zip(from) {
        *mine = (*mine).max(other);
    }
}

fn raise(view: &mut Vec<u32>, atomic: usize, store: u32) {
    if view.len() <= atomic {
        view.resize(atomic + 1, 0);
    }
    view[atomic] = view[atomic].max(store);
}

impl View {
    /// What a thread begins with whose parent sees this. Fences are the parent's own.
    pub fn inherited(&self) -> View {
        View {
            stores: self.stores.clone(),
            ..View::default()
        }
    }

    /// Sees all that `other` sees.
    pub fn join(&mut self, other: &View) {
        join(&mut self.stores, &other.stores);
    }
}

/// All atomics of one run.
#[derive(Debug)]
pub(crate) struct Memory {
    /// Whether loads may read old stores.
    weak: bool,
    /// Whether an operation asked for less than `SeqCst`.
    weaker: Cell<bool>,
    atomics: RefCell<Vec<Option<Vec<Store>>>>,
    /// What `SeqCst` operations and fences have agreed on.
    agreed: RefCell<Vec<u32>>,
}

#[derive(Clone, Debug)]
struct Store {
    bits: u64,
    /// Which store this is, in terms of the lane that made it.
    identity: u64,
    /// What a lane sees that acquires this store.
    published: Vec<u32>,
}

/// What a load found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Loaded {
    pub bits: u64,
    /// The newest value, where another one was read.
    pub newest: Option<u64>,
    /// What the lane has learned, as a hash.
    pub learned: u64,
}

pub(crate) fn acquires(order: Ordering) -> bool {
    matches!(
        order,
        Ordering::Acquire | Ordering::AcqRel | Ordering::SeqCst
    )
}

pub(crate) fn releases(order: Ordering) -> bool {
    matches!(
        order,
        Ordering::Release | Ordering::AcqRel | Ordering::SeqCst
    )
}

impl Memory {
    /// Memory in which loads may read old stores, or always read the newest.
    pub fn new(weak: bool) -> Self {
        Memory {
            weak,
            weaker: Cell::new(false),
            atomics: RefCell::default(),
            agreed: RefCell::default(),
        }
    }

    /// Whether loads may read old stores.
    pub fn is_weak(&self) -> bool {
        self.weak
    }

    /// Whether an operation asked for less than `SeqCst`: only then can a load be stale.
    pub fn uses_weaker_orderings(&self) -> bool {
        self.weaker.get()
    }

    fn note(&self, order: Ordering) {
        if order != Ordering::SeqCst {
            self.weaker.set(true);
        }
    }

    /// Makes the atomic known, unless it is.
    pub fn ensure(&self, atomic: usize, initial: u64) -> bool {
        let mut atomics = self.atomics.borrow_mut();
        if atomics.len() <= atomic {
            atomics.resize(atomic + 1, None);
        }
        let new = atomics[atomic].is_none();
        if new {
            atomics[atomic] = Some(vec![Store {
                bits: initial,
                identity: 0,
                published: Vec::new(),
            }]);
        }
        new
    }

    /// The newest value.
    pub fn newest(&self, atomic: usize) -> u64 {
        self.with(atomic, |stores| stores.last().map_or(0, |store| store.bits))
    }

    /// The values that a load with `order` may read, newest first.
    pub fn candidates(&self, atomic: usize, view: &View, order: Ordering) -> Vec<u64> {
        let mut oldest = view.stores.get(atomic).copied().unwrap_or(0);
        if order == Ordering::SeqCst {
            let agreed = self.agreed.borrow();
            oldest = oldest.max(agreed.get(atomic).copied().unwrap_or(0));
        }
        self.with(atomic, |stores| {
            let from = if self.weak {
                oldest as usize
            } else {
                stores.len() - 1
            };
            stores[from..]
                .iter()
                .rev()
                .map(|store| store.bits)
                .collect()
        })
    }

    /// Reads the store that is `age` stores older than the newest.
    pub fn load(&self, atomic: usize, age: usize, view: &mut View, order: Ordering) -> Loaded {
        self.note(order);
        self.with(atomic, |stores| {
            let at = stores.len() - 1 - age;
            let store = &stores[at];
            if self.weak {
                raise(&mut view.stores, atomic, at as u32);
                let reader = if acquires(order) {
                    &mut view.stores
                } else {
                    &mut view.pending
                };
                join(reader, &store.published);
            }
            if self.weak && order == Ordering::SeqCst {
                raise(&mut self.agreed.borrow_mut(), atomic, at as u32);
            }
            let newest = stores[stores.len() - 1].bits;
            Loaded {
                bits: store.bits,
                newest: (age > 0).then_some(newest),
                learned: if self.weak {
                    digest(&(store.identity, at))
                } else {
                    store.bits
                },
            }
        })
    }

    /// Adds a store. `update` says that it is the second half of a read-modify-write, which
    /// passes on what the store that it read has published.
    pub fn store(
        &self,
        atomic: usize,
        bits: u64,
        identity: u64,
        view: &mut View,
        order: Ordering,
        update: bool,
    ) {
        self.note(order);
        let agreed = &self.agreed;
        let weak = self.weak;
        self.with(atomic, |stores| {
            if !weak {
                stores[0].bits = bits;
                return;
            }
            let at = stores.len() as u32;
            raise(&mut view.stores, atomic, at);
            let source = if releases(order) {
                &view.stores
            } else {
                &view.fenced
            };
            let mut published = source.clone();
            raise(&mut published, atomic, at);
            if update && let Some(read) = stores.last() {
                join(&mut published, &read.published);
            }
            if order == Ordering::SeqCst {
                raise(&mut agreed.borrow_mut(), atomic, at);
            }
            stores.push(Store {
                bits,
                identity,
                published,
            });
        });
    }

    /// A fence.
    pub fn fence(&self, view: &mut View, order: Ordering) {
        if acquires(order) {
            let pending = std::mem::take(&mut view.pending);
            join(&mut view.stores, &pending);
        }
        if order == Ordering::SeqCst {
            let mut agreed = self.agreed.borrow_mut();
            join(&mut view.stores, &agreed);
            join(&mut agreed, &view.stores);
        }
        if releases(order) {
            view.fenced = view.stores.clone();
        }
    }

    /// A name for the value of one atomic, or for its whole past where that can be read.
    pub fn digest(&self, atomic: usize) -> u64 {
        self.with(atomic, |stores| {
            let parts: Vec<_> = stores
                .iter()
                .map(|store| (store.bits, store.identity))
                .collect();
            if self.weak {
                digest(&parts)
            } else {
                digest(&stores[0].bits)
            }
        })
    }

    /// A name for what is agreed on.
    pub fn state(&self) -> u64 {
        digest(&*self.agreed.borrow())
    }

    fn with<R>(&self, atomic: usize, f: impl FnOnce(&mut Vec<Store>) -> R) -> R {
        let mut atomics = self.atomics.borrow_mut();
        let stores = atomics[atomic].as_mut().expect("`ensure` comes first");
        f(stores)
    }
}
