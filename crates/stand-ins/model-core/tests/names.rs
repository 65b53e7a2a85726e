//! A program that says `core` where it could say `std`.

extern crate model_core as core;
extern crate model_std as std;

use core::cell::RefCell;
use core::fmt::{self, Write};
use core::sync::atomic::{AtomicUsize, Ordering, fence};
use core::time::Duration;
use std::sync::Arc;
use std::thread;

use explore::FailureKind;

/// The derives and macros of the language do not need the names that are replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Reading(u32);

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        core::write!(f, "{}", self.0)
    }
}

#[test]
fn atomics_of_core_are_those_of_std() {
    let verdict = explore::threads().explore(|| {
        let hits: Arc<std::sync::atomic::AtomicUsize> = Arc::new(AtomicUsize::new(0));
        let theirs = hits.clone();
        let other = thread::spawn(move || {
            let seen = theirs.load(Ordering::SeqCst);
            theirs.store(seen + 1, Ordering::SeqCst);
        });
        let seen = hits.load(Ordering::SeqCst);
        hits.store(seen + 1, Ordering::SeqCst);
        other.join().unwrap();
        fence(Ordering::SeqCst);
        assert_eq!(hits.load(Ordering::SeqCst), 2);
    });
    verdict.expect_failure(FailureKind::Panicked);
    assert!(verdict.schedules() <= 10, "{verdict}");
}

#[test]
fn spinning_lets_others_go_first() {
    explore::threads().check(|| {
        let ready = Arc::new(AtomicUsize::new(0));
        let theirs = ready.clone();
        let other = thread::spawn(move || theirs.store(1, Ordering::Release));
        while ready.load(Ordering::Acquire) == 0 {
            core::hint::spin_loop();
        }
        thread::sleep(Duration::from_millis(1));
        other.join().unwrap();
    });
}

#[test]
fn plain_items_are_there() {
    let text = RefCell::new(String::new());
    core::write!(text.borrow_mut(), "{} {:?}", Reading(3), Reading::default()).unwrap();
    core::assert_eq!(*text.borrow(), "3 Reading(0)");
    core::assert!(core::mem::size_of::<core::num::NonZeroU8>() == 1);
    core::assert!(core::matches!(core::cmp::max(1, 2), 2));
}

#[test]
fn panics_are_those_of_the_language() {
    explore::threads().check(|| {
        let other = thread::spawn(|| core::panic!("so {}", core::hint::black_box(1)));
        let message = other.join().unwrap_err();
        assert_eq!(message.downcast_ref::<String>().unwrap(), "so 1");
    });
}
