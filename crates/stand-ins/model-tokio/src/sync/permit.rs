//! Permits of a semaphore, until they are dropped.

use std::panic::Location;
use std::sync::Arc;

use explore::runtime::{self, Edge, Place, Touch, Turn, Wait, task};

use super::Semaphore;
use super::semaphore::permits;

/// Permits of a [`Semaphore`].
#[must_use]
#[clippy::has_significant_drop]
#[derive(Debug)]
pub struct SemaphorePermit<'a> {
    semaphore: &'a Semaphore,
    permits: u32,
    place: Place,
}

/// The same, for a semaphore in an `Arc`.
#[must_use]
#[clippy::has_significant_drop]
#[derive(Debug)]
pub struct OwnedSemaphorePermit {
    semaphore: Arc<Semaphore>,
    permits: u32,
    place: Place,
}

macro_rules! permit {
    ([$($lifetime:tt)*] $name:ty, $semaphore:ty, |$this:ident| $borrow:expr) => {
        impl<$($lifetime)*> $name {
            pub(super) fn new(semaphore: $semaphore, permits: u32, place: Place) -> Self {
                Self {
                    semaphore,
                    permits,
                    place,
                }
            }

            #[track_caller]
            pub fn forget(mut self) {
                let turn = task::step(Location::caller());
                let n = std::mem::take(&mut self.permits) as usize;
                tell(turn, &self.semaphore, || format!("forgets {} of", permits(n)), n > 0);
            }

            #[track_caller]
            pub fn merge(&mut self, mut other: Self) {
                assert!(
                    std::ptr::eq::<Semaphore>(&*self.semaphore, &*other.semaphore),
                    "merging permits from different semaphore instances"
                );
                self.permits += std::mem::take(&mut other.permits);
            }

            pub fn split(&mut self, n: usize) -> Option<Self> {
                let n = u32::try_from(n).ok()?;
                self.permits = self.permits.checked_sub(n)?;
                let $this = &*self;
                Some(Self {
                    semaphore: $borrow,
                    permits: n,
                    place: self.place,
                })
            }

            pub fn num_permits(&self) -> usize {
                self.permits as usize
            }
        }

        impl<$($lifetime)*> Drop for $name {
            fn drop(&mut self) {
                give_back(&self.semaphore, self.permits, self.place);
            }
        }
    };
}
permit!(['a] SemaphorePermit<'a>, &'a Semaphore, |this| this.semaphore);
permit!([] OwnedSemaphorePermit, Arc<Semaphore>, |this| this.semaphore.clone());

impl SemaphorePermit<'_> {
    pub fn semaphore(&self) -> &Semaphore {
        self.semaphore
    }
}

impl OwnedSemaphorePermit {
    pub fn semaphore(&self) -> &Arc<Semaphore> {
        &self.semaphore
    }
}

fn give_back(semaphore: &Semaphore, n: u32, place: Place) {
    if n == 0 || runtime::world().is_none() {
        return;
    }
    let turn = runtime::turn_in_destructor(place, &Wait::none());
    semaphore.real.add_permits(n as usize);
    semaphore.line().add(n as usize);
    let what = || format!("gives back {} of", permits(n as usize));
    tell(turn, semaphore, what, true);
}

fn tell(turn: Turn, semaphore: &Semaphore, what: impl FnOnce() -> String, frees: bool) {
    turn.touch(&semaphore.object, Touch::Write, Edge::None);
    turn.say(|note| {
        let name = note.name(&semaphore.object);
        let note = note.what(format!("{} {name}", what()));
        match frees {
            true => note.frees(&semaphore.object),
            false => note.uses(&semaphore.object),
        }
    });
}
