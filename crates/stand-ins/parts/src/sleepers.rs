//! The lanes that sleep on a condition variable.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use explore::runtime::{self, Blocked, Edge, LaneId, Object, Patience, Place, Touch, Wait, Woke};

use crate::Lock;

/// A condition variable. It remembers nothing: only who sleeps now is woken. Which of several is
/// woken by [`Sleepers::notify_one`] is a free choice of the explorer.
#[derive(Debug)]
pub struct Sleepers {
    object: Object,
    queue: RefCell<Vec<Rc<Sleeper>>>,
}

#[derive(Debug)]
struct Sleeper {
    lane: LaneId,
    /// Where its lock stands in memory.
    lock: *const Lock,
    notified: Cell<bool>,
}

impl Sleepers {
    /// Nobody sleeps. Readers know the type as `kind`.
    pub const fn new(kind: &'static str, made: Place) -> Self {
        Sleepers {
            object: Object::new(kind, made),
            queue: RefCell::new(Vec::new()),
        }
    }

    /// Gives `lock` back and falls asleep in one step, sleeps until a notification, or as
    /// `patience` allows, and takes the lock again. What ended the sleep.
    ///
    /// A lane that was notified goes on when the lock is free, in one step.
    ///
    /// # Panics
    /// If others sleep here that gave back another lock.
    #[track_caller]
    pub fn wait(&self, lock: &Lock, place: Place, patience: Patience) -> Woke {
        self.begin_anew();
        let strange = |sleeper: &Rc<Sleeper>| !std::ptr::eq(sleeper.lock, lock);
        if self.queue.borrow().iter().any(strange) {
            panic!("attempted to use a condition variable with two mutexes");
        }
        let me = self.fall_asleep(lock, place);
        let notified = || me.notified.get();
        let ready = || notified() && lock.is_free();
        let blocked = || match notified() {
            true => Blocked::on(lock.object(), "waits for lock"),
            false => Blocked::on(&self.object, "asleep on"),
        };
        let wait = Wait::until(&ready, &blocked).patience(patience);
        let turn = runtime::turn(place, &wait.bound_by(&notified));
        let woke = turn.woke();
        let why = match woke {
            Woke::Ready => "wakes up",
            Woke::Spuriously => "wakes up without a reason",
            Woke::TimedOut => "wakes up: the time is over",
        };
        if woke != Woke::Ready {
            self.queue
                .borrow_mut()
                .retain(|other| !Rc::ptr_eq(other, &me));
            turn.touch(&self.object, Touch::Write, Edge::None);
        }
        if lock.is_free() {
            lock.take(&turn);
            turn.say(|note| {
                let name = note.name(lock.object());
                note.what(format!("{why}, locks {name}"))
                    .uses(&self.object)
                    .holds(lock.object())
            });
        } else {
            turn.say(|note| note.what(why).uses(&self.object));
            lock.lock(place);
        }
        woke
    }

    fn fall_asleep(&self, lock: &Lock, place: Place) -> Rc<Sleeper> {
        let turn = runtime::turn(place, &Wait::none());
        let me = Rc::new(Sleeper {
            lane: turn.lane(),
            lock,
            notified: Cell::new(false),
        });
        lock.free(&turn);
        self.queue.borrow_mut().push(me.clone());
        turn.touch(&self.object, Touch::Write, Edge::None);
        turn.say(|note| {
            let (lock_name, own) = (note.name(lock.object()), note.name(&self.object));
            note.what(format!("unlocks {lock_name}, sleeps on {own}"))
                .frees(lock.object())
                .uses(&self.object)
        });
        me
    }

    /// Wakes one of those that sleep. Whether there was one.
    pub fn notify_one(&self, place: Place) -> bool {
        self.notify(place, |queue| match queue.len() {
            0 => Vec::new(),
            n => vec![queue.remove(runtime::choose(n, 0))],
        }) == 1
    }

    /// Wakes all that sleep. How many there were.
    pub fn notify_all(&self, place: Place) -> usize {
        self.notify(place, std::mem::take)
    }

    fn notify(
        &self,
        place: Place,
        choose: impl FnOnce(&mut Vec<Rc<Sleeper>>) -> Vec<Rc<Sleeper>>,
    ) -> usize {
        let turn = runtime::turn(place, &Wait::none());
        self.begin_anew();
        let chosen = choose(&mut self.queue.borrow_mut());
        chosen.iter().for_each(|sleeper| sleeper.notified.set(true));
        let touch = match chosen.len() {
            0 => Touch::Read,
            _ => Touch::Write,
        };
        turn.touch(&self.object, touch, Edge::None);
        turn.say(|note| {
            let name = note.name(&self.object);
            if chosen.is_empty() {
                let what = format!("notifies {name} → nobody waits: lost");
                return note.what(what).uses(&self.object).lost();
            }
            let lanes = chosen.iter().map(|sleeper| sleeper.lane);
            let names: Vec<String> = lanes.clone().map(runtime::lane_name).collect();
            let what = format!("notifies {name} → wakes {}", names.join(" and "));
            let note = note.what(what).uses(&self.object);
            lanes.fold(note, explore::runtime::Note::wakes)
        });
        chosen.len()
    }

    /// In a `static` the sleepers of the run before are still there.
    fn begin_anew(&self) {
        if self.object.is_stale() {
            self.object.renew();
            self.queue.borrow_mut().clear();
        }
    }
}
