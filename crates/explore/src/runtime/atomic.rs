//! A word of memory that lanes share: what the atomics of `std` are built from.

use std::sync::atomic::{AtomicU64, Ordering};

use super::{Edge, Object, Place, Touch, Turn, here, spin, turn};
use crate::memory::Loaded;
use crate::survey::Way;
use crate::world::{World, digest};

/// An atomic of up to 64 bits. The stand-in gives it its type.
#[derive(Debug)]
pub struct Word {
    object: Object,
    /// The value before the first operation of a run.
    initial: AtomicU64,
}

/// Shows the bits of a word as the value that the program knows.
pub type Show = fn(u64) -> String;

/// The two orderings of a compare-and-exchange, or one ordering twice.
#[derive(Clone, Copy, Debug)]
pub struct Orders {
    /// Of the whole operation, where it changes the value.
    pub success: Ordering,
    /// Of the load alone, where it does not.
    pub failure: Ordering,
}

impl Word {
    /// A word with this value, of the type that readers know as `kind`.
    pub const fn new(kind: &'static str, bits: u64, made: Place) -> Self {
        Word {
            object: Object::new(kind, made),
            initial: AtomicU64::new(bits),
        }
    }

    /// The value, for a caller that nobody else can disturb (`&mut self`, `self`, `Debug`).
    pub fn peek(&self) -> u64 {
        match World::current() {
            Some(world) if !self.object.is_stale() => {
                let index = self.object.index(&world);
                world
                    .memory
                    .ensure(index, self.initial.load(Ordering::Relaxed));
                world.memory.newest(index)
            }
            _ => self.initial.load(Ordering::Relaxed),
        }
    }

    /// Whether this run has used the word.
    pub fn is_in_use(&self) -> bool {
        !self.object.is_new() && !self.object.is_stale()
    }

    /// Gives the word its initial value before the first operation of this run. For values that
    /// are other bits in every run, such as pointers.
    pub fn prepare(&self, bits: impl FnOnce() -> u64) {
        if self.object.is_stale() {
            self.object.renew();
        }
        if self.object.is_new() {
            self.initial.store(bits(), Ordering::Relaxed);
        }
    }

    /// Gives the word a value as if it were new. For a caller that nobody else can disturb.
    pub fn reset(&mut self, bits: u64) {
        *self.initial.get_mut() = bits;
        self.object.renew();
    }

    /// Access for a caller that nobody else can disturb. The word counts as new from here on.
    pub fn get_mut(&mut self) -> &mut u64 {
        let bits = self.peek();
        self.reset(bits);
        self.initial.get_mut()
    }

    /// Reads the value.
    pub fn load(&self, place: Place, order: Ordering, show: Show) -> u64 {
        let (turn, world, index) = self.arrive(place, show);
        let view = world.lane(|lane| lane.view.clone());
        let candidates = world.memory.candidates(index, &view, order);
        let age = self.pick(&world, candidates.len());
        let loaded = world.lane(|lane| world.memory.load(index, age, &mut lane.view, order));
        self.looked(&world, &turn, place, loaded);
        turn.say(|note| {
            let name = note.name(&self.object);
            let value = show(loaded.bits);
            let newest = loaded.newest.map(show);
            let what = match &newest {
                Some(newest) => format!("reads {name} = {value}: stale, it is {newest} by now"),
                None => format!("reads {name} = {value}"),
            };
            note.what(what).sees(&self.object, value, newest)
        });
        loaded.bits
    }

    /// Writes a value.
    pub fn store(&self, bits: u64, place: Place, order: Ordering, show: Show) {
        let (turn, world, index) = self.arrive(place, show);
        self.write(&world, &turn, index, bits, order, false);
        turn.say(|note| {
            let name = note.name(&self.object);
            let value = show(bits);
            note.what(format!("writes {name} = {value}"))
                .sets(&self.object, value)
        });
    }

    /// Reads the value and, where `change` has another one, writes that in the same step.
    /// `weak` operations may fail without a reason; `verb` names the operation for the reader.
    ///
    /// # Errors
    /// With the value that was read, where `change` had none or the operation failed.
    pub fn update(
        &self,
        place: Place,
        orders: Orders,
        (verb, weak): (&'static str, bool),
        show: Show,
        change: &mut dyn FnMut(u64) -> Option<u64>,
    ) -> Result<u64, u64> {
        let (turn, world, index) = self.arrive(place, show);
        let newest = world.memory.newest(index);
        let changed = change(newest);
        let view = world.lane(|lane| lane.view.clone());
        let candidates = world.memory.candidates(index, &view, orders.failure);
        // It succeeds, or fails without a reason, or fails on a value that it may read, which
        // need not be the newest: what fails is a mere load.
        let mut ways = match (changed, weak) {
            (Some(_), false) => vec![None],
            (Some(_), true) => vec![None, Some(0)],
            (None, _) => Vec::new(),
        };
        let refused = |age: &usize| change(candidates[*age]).is_none();
        ways.extend((0..candidates.len()).filter(refused).map(Some));
        let way = ways[self.pick(&world, ways.len())];
        if let Some(age) = way {
            let fails = age == 0 && changed.is_some();
            let order = orders.failure;
            let loaded = world.lane(|lane| world.memory.load(index, age, &mut lane.view, order));
            self.looked(&world, &turn, place, loaded);
            turn.say(|note| {
                let name = note.name(&self.object);
                let value = show(loaded.bits);
                let why = if fails {
                    ", fails without a reason"
                } else {
                    ": no change"
                };
                note.what(format!("{verb} {name} = {value}{why}")).sees(
                    &self.object,
                    value,
                    loaded.newest.map(show),
                )
            });
            return Err(loaded.bits);
        }
        let bits = changed.expect("the first way changes the value");
        let order = orders.success;
        let loaded = world.lane(|lane| world.memory.load(index, 0, &mut lane.view, order));
        turn.touch(&self.object, Touch::Saw(loaded.learned), Edge::None);
        self.write(&world, &turn, index, bits, order, true);
        turn.say(|note| {
            let name = note.name(&self.object);
            let (old, new) = (show(newest), show(bits));
            note.what(format!("{verb} {name}: {old} → {new}"))
                .sees(&self.object, old, None)
                .sets(&self.object, new)
        });
        Ok(newest)
    }

    fn arrive(&self, place: Place, show: Show) -> (Turn, std::rc::Rc<World>, usize) {
        if self.object.is_stale() {
            self.object.renew();
        }
        let turn = turn(place, &spin::wait(place));
        let world = here();
        let index = self.object.index(&world);
        let initial = self.initial.load(Ordering::Relaxed);
        if world.memory.ensure(index, initial) {
            let digest = world.memory.digest(index);
            world.objects.set_digest(index, digest);
            world.objects.set_initial(index, show(initial));
        }
        (turn, world, index)
    }

    /// Which of the candidates a load reads: the newest, or an older one for a departure each.
    fn pick(&self, world: &World, candidates: usize) -> usize {
        let mut costs = vec![1; candidates];
        costs[0] = 0;
        let ways = || vec![Way::of(world.current.get()); candidates];
        world.choose(&costs, || None, ways)
    }

    fn looked(&self, world: &World, turn: &Turn, place: Place, loaded: Loaded) {
        turn.touch(&self.object, Touch::Saw(loaded.learned), Edge::None);
        spin::looked(world, place, loaded.learned);
    }

    fn write(
        &self,
        world: &World,
        turn: &Turn,
        index: usize,
        bits: u64,
        order: Ordering,
        update: bool,
    ) {
        turn.touch(&self.object, Touch::Saw(digest(&(bits, 'w'))), Edge::None);
        world.lane(|lane| {
            let identity = lane.digest;
            world
                .memory
                .store(index, bits, identity, &mut lane.view, order, update);
        });
        world.objects.set_digest(index, world.memory.digest(index));
        spin::changed(world);
    }
}

/// A fence between atomics.
pub fn fence(place: Place, order: Ordering) {
    let turn = turn(place, &super::Wait::none());
    let world = here();
    world.lane(|lane| {
        world.memory.fence(&mut lane.view, order);
        let agreed = if order == Ordering::SeqCst {
            world.memory.state()
        } else {
            0
        };
        lane.digest = digest(&(lane.digest, 'f', agreed));
    });
    turn.say(|note| note.what(format!("fence({order:?})")));
}
