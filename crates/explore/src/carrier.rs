//! What carries a thread of the explored program: a coroutine with a stack of its own.
//!
//! All carriers of a world live on one operating system thread, so exactly one runs at a time
//! and a switch costs nanoseconds. A carrier that is given up in the middle is forgotten, not
//! unwound: unwinding would run the program's destructors in a world that is over.
#![expect(
    unsafe_code,
    reason = "a coroutine reaches its own suspension point through a pointer"
)]

use std::cell::Cell;
use std::mem;
use std::rc::Rc;

use corosensei::stack::DefaultStack;
use corosensei::{Coroutine, CoroutineResult, Yielder};

/// As much as a thread of `std` gets, in bytes. Pages are only taken when they are touched.
const STACK: usize = 2 << 20;

type Point = Yielder<(), ()>;

/// One coroutine.
pub(crate) struct Carrier {
    /// Nothing once it has been taken apart; see `Drop`.
    coroutine: Option<Coroutine<(), (), ()>>,
    suspender: Suspender,
}

/// Suspends the carrier that it belongs to. Only that carrier may use it.
#[derive(Clone, Default)]
pub(crate) struct Suspender(Rc<Cell<Option<*const Point>>>);

impl Carrier {
    /// A carrier that will run `body` when it is resumed. `body` must not unwind.
    ///
    /// # Errors
    /// When the operating system has no memory for another stack.
    pub fn new(stacks: &mut Stacks, body: impl FnOnce() + 'static) -> std::io::Result<Self> {
        let suspender = Suspender::default();
        let point = suspender.clone();
        let coroutine = Coroutine::with_stack(stacks.take()?, move |yielder: &Point, ()| {
            point.0.set(Some(yielder));
            body();
        });
        Ok(Carrier {
            coroutine: Some(coroutine),
            suspender,
        })
    }

    /// Runs the body until it suspends or ends; whether it has ended.
    pub fn resume(&mut self) -> bool {
        let coroutine = self
            .coroutine
            .as_mut()
            .expect("a carrier is taken apart last");
        matches!(coroutine.resume(()), CoroutineResult::Return(()))
    }

    /// The way back for the body.
    pub fn suspender(&self) -> Suspender {
        self.suspender.clone()
    }

    /// Gives the stack of a body that has ended back for another one.
    pub fn recycle(mut self, stacks: &mut Stacks) {
        if let Some(coroutine) = self.coroutine.take() {
            if coroutine.done() {
                stacks.0.push(coroutine.into_stack());
            } else {
                mem::forget(coroutine);
            }
        }
    }
}

impl Drop for Carrier {
    fn drop(&mut self) {
        if let Some(coroutine) = self.coroutine.take()
            && !coroutine.done()
        {
            mem::forget(coroutine);
        }
    }
}

impl Suspender {
    /// Gives control back to whoever resumed this carrier; returns when it is resumed again.
    pub fn suspend(&self) {
        let point = self
            .0
            .get()
            .expect("a carrier suspends itself while it runs");
        // SAFETY: `point` was set by the carrier's own body from a reference that lives as long
        // as the body runs, and this is called from within that body: the engine hands a lane's
        // suspender to nobody but the code that runs on that lane.
        unsafe { (*point).suspend(()) }
    }
}

/// Stacks to use again: mapping one costs more than many a whole schedule.
#[derive(Default)]
pub(crate) struct Stacks(Vec<DefaultStack>);

impl Stacks {
    fn take(&mut self) -> std::io::Result<DefaultStack> {
        match self.0.pop() {
            Some(stack) => Ok(stack),
            None => DefaultStack::new(STACK),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_carriers_take_turns_and_stacks_come_back() {
        let mut stacks = Stacks::default();
        let log = Rc::new(Cell::new(0));
        let mut carriers: Vec<Carrier> = (0..2)
            .map(|i| {
                let log = log.clone();
                let slot: Rc<Cell<Option<Suspender>>> = Rc::default();
                let own = slot.clone();
                let carrier = Carrier::new(&mut stacks, move || {
                    let suspender = own.take().expect("set before the first resume");
                    log.set(log.get() * 10 + 1 + i);
                    suspender.suspend();
                    log.set(log.get() * 10 + 3 + i);
                })
                .expect("memory for a stack");
                slot.set(Some(carrier.suspender()));
                carrier
            })
            .collect();
        assert!(!carriers[0].resume());
        assert!(!carriers[1].resume());
        assert!(carriers[1].resume());
        assert!(carriers[0].resume());
        assert_eq!(log.get(), 1243);
        for carrier in carriers {
            carrier.recycle(&mut stacks);
        }
        assert_eq!(stacks.0.len(), 2);
    }
}
