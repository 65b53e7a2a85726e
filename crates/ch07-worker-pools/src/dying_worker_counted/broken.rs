//! A crew that is never short of hands: who drops out is replaced.

use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread::{self, Scope};

use crossbeam::channel::Receiver;

/// So many work when nobody is missing.
const WANTED: usize = 1;

/// A crew and its work.
struct Crew<F> {
    present: AtomicUsize,
    crates: Receiver<u32>,
    unpack: F,
}

/// Has all crates unpacked; returns when no more come and everybody has gone home.
pub fn unpack_all(crates: Receiver<u32>, unpack: impl Fn(u32) + Sync) {
    let crew = Crew {
        present: AtomicUsize::new(0),
        crates,
        unpack,
    };
    thread::scope(|scope| (0..WANTED).for_each(|_| crew.hire(scope)));
}

impl<F: Fn(u32) + Sync> Crew<F> {
    fn hire<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>) {
        self.present.fetch_add(1, SeqCst);
        scope.spawn(|| self.shift(scope));
    }

    /// A worker comes, and one day goes.
    fn shift<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>) {
        let work = AssertUnwindSafe(|| self.crates.iter().for_each(&self.unpack));
        let dropped_out = panic::catch_unwind(work).is_err();
        if dropped_out && self.present.load(SeqCst) < WANTED {
            self.hire(scope);
        }
        self.present.fetch_sub(1, SeqCst);
    }
}
