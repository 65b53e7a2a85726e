//! What lanes share, seen from the explorer: an identity, a digest of its state, a view.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Edge, Place, Touch};
use crate::memory::View;
use crate::verdict::FailureKind;
use crate::world::{World, digest};

/// The explorer's side of one lock, channel or atomic. A stand-in owns one and passes it along
/// with every operation.
///
/// `new` is `const`, so that stand-ins can stand in a `static`; the object makes itself known
/// when it is first touched in a run.
#[derive(Debug)]
pub struct Object {
    kind: &'static str,
    made: Place,
    /// The epoch of the run that knows this object, and its index there.
    registered: AtomicU64,
}

impl Object {
    /// An object of the type that readers know as `kind`, made at `made`.
    pub const fn new(kind: &'static str, made: Place) -> Self {
        Object {
            kind,
            made,
            registered: AtomicU64::new(0),
        }
    }

    /// The type that readers know: `Mutex`, `channel`.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Whether this object was touched in a run that is over: it stands in a `static`.
    pub fn is_stale(&self) -> bool {
        let epoch = World::current().map_or(0, |world| world.epoch);
        !matches!(self.registered.load(Ordering::Relaxed), 0) && self.epoch() != epoch
    }

    /// Whether no run has touched this object.
    pub fn is_new(&self) -> bool {
        self.registered.load(Ordering::Relaxed) == 0
    }

    /// Makes itself known to this run, and ends it if another run has used the object and left
    /// its state there. A stand-in that waits for its own state does this before it waits.
    pub fn claim(&self) {
        self.index(&super::here());
    }

    /// Forgets the run that is over. For stand-ins that begin every run with their initial state.
    pub fn renew(&self) {
        self.registered.store(0, Ordering::Relaxed);
    }

    fn epoch(&self) -> u32 {
        (self.registered.load(Ordering::Relaxed) >> 32) as u32
    }

    /// The index in this world; makes the object known to it if it is new.
    pub(crate) fn index(&self, world: &World) -> usize {
        if self.epoch() == world.epoch {
            return self.registered.load(Ordering::Relaxed) as u32 as usize;
        }
        if self.registered.load(Ordering::Relaxed) != 0 {
            world.fail(
                FailureKind::NotGradable,
                format!(
                    "a `static` {} keeps its value from one schedule to the next; make it in the \
                     function that starts the work and share it with an Arc",
                    self.kind
                ),
            );
        }
        let index = world.objects.add(self.kind, self.made);
        let packed = u64::from(world.epoch) << 32 | index as u64;
        self.registered.store(packed, Ordering::Relaxed);
        index
    }
}

/// All objects of one run.
#[derive(Default)]
pub(crate) struct Objects(RefCell<Vec<State>>);

struct State {
    kind: &'static str,
    made: Place,
    initial: Option<String>,
    /// Which object this is, in terms of the lanes: the sum over all lanes that have touched it
    /// of (lane, how many other objects that lane had touched before). Unlike an index or an
    /// address it is the same whichever lane came first.
    identity: u64,
    /// The lanes that have touched it.
    touched: Vec<bool>,
    /// The history or the value, as far as the next operation can tell.
    digest: u64,
    /// What a lane that acquires it gets to see.
    view: View,
}

impl Objects {
    fn add(&self, kind: &'static str, made: Place) -> usize {
        let mut objects = self.0.borrow_mut();
        objects.push(State {
            kind,
            made,
            initial: None,
            identity: 0,
            touched: Vec::new(),
            digest: 0,
            view: View::default(),
        });
        objects.len() - 1
    }

    /// What an object's state is named.
    pub fn digest(&self, index: usize) -> u64 {
        self.0.borrow()[index].digest
    }

    /// Names the state of an object whose state is known exactly.
    pub fn set_digest(&self, index: usize, digest: u64) {
        self.0.borrow_mut()[index].digest = digest;
    }

    /// Remembers the value before the first step, for the picture.
    pub fn set_initial(&self, index: usize, value: String) {
        self.0.borrow_mut()[index].initial = Some(value);
    }

    /// Folds one operation of the current lane into its digest and that of the object.
    pub fn touch(&self, world: &World, index: usize, touch: Touch, edge: Edge) {
        let mut objects = self.0.borrow_mut();
        let object = &mut objects[index];
        let id = world.current.get();
        world.lane(|lane| {
            if object.touched.len() <= id {
                object.touched.resize(id + 1, false);
            }
            if !std::mem::replace(&mut object.touched[id], true) {
                lane.touched += 1;
                let part = digest(&(lane.identity, lane.touched));
                object.identity = object.identity.wrapping_add(part);
            }
            match touch {
                Touch::Read => lane.digest = digest(&(lane.digest, object.digest)),
                Touch::Share => lane.digest = digest(&(lane.digest, object.digest, 'h')),
                Touch::Write => {
                    lane.digest = digest(&(lane.digest, object.digest, 'w'));
                    object.digest = lane.digest;
                }
                Touch::Saw(value) => lane.digest = digest(&(lane.digest, value, 's')),
            }
            if matches!(edge, Edge::Acquire | Edge::Both) {
                lane.view.join(&object.view);
            }
            if matches!(edge, Edge::Release | Edge::Both) {
                object.view.join(&lane.view);
            }
        });
    }

    /// A name for the state of all objects.
    pub fn state(&self) -> u64 {
        let objects = self.0.borrow();
        let parts = objects.iter().map(|o| digest(&(o.identity, o.digest)));
        parts.fold(0, u64::wrapping_add)
    }

    /// Kind, place of birth and initial value of each object, for the picture.
    pub fn describe(&self) -> Vec<(&'static str, Place, Option<String>)> {
        let objects = self.0.borrow();
        let parts = objects.iter().map(|o| (o.kind, o.made, o.initial.clone()));
        parts.collect()
    }
}
