//! `done()` is the last line of the work, and not every way out passes it.
//!
//! **What goes wrong.** The latch is told the number of tills before any thread starts, which is
//! right. Each thread counts it down when it has counted its till. One that printed nothing is left
//! out by an early `return`, which leaves the last line out as well. The latch stays at 1, and
//! `takings` waits for ever.
//!
//! **In Go** the same program hangs, and the habit that prevents it is `defer wg.Done()`. A guide
//! says to use it because of panics. There it helps less than it seems: a panic that nobody
//! recovers ends the process, deferred call or not. It is for the early `return`. Nor does the
//! runtime always report the hang. It says "all goroutines are asleep" only when *all* are. **In
//! Rust** there are more ways out: `return`, `?`, a panic (which ends the thread and not the
//! process), and for a task each `.await`, where `abort` or a timeout may end it.
//!
//! **The mend.** A guard: what has to happen at the end belongs in `Drop`. Mind
//! `let _done = done`. A `move` closure takes along only what it mentions; a guard that it does not
//! mention is dropped by the loop, and counts down before the thread has begun. rustc then warns of
//! an unused variable. `let _ = done` does not count as mentioning it, and there rustc is silent.
//! crossbeam's `WaitGroup` is such a guard, and `thread::scope` needs none.
//!
//! **Who catches it.** Neither rustc nor clippy. The explorer, if the check has a till without ink.
//!
//! Covers: a:P8, a:P12, a:S16, a:S17, a:S18, a:E14, a:E18, a:C16

pub mod broken;
pub mod fixed;

use std::sync::{Condvar, Mutex};

/// Counts down to zero, and lets wait for it.
pub struct Latch {
    left: Mutex<usize>,
    zero: Condvar,
}

impl Latch {
    /// A latch that waits for so many.
    pub fn new(count: usize) -> Self {
        Self {
            left: Mutex::new(count),
            zero: Condvar::new(),
        }
    }

    /// Counts one down.
    ///
    /// # Panics
    ///
    /// If it is at zero already.
    pub fn done(&self) {
        let mut left = self.left.lock().unwrap();
        *left = left.checked_sub(1).expect("each counts down once");
        if *left == 0 {
            self.zero.notify_all();
        }
    }

    /// Waits until all are done.
    pub fn wait(&self) {
        let mut left = self.left.lock().unwrap();
        while *left > 0 {
            left = self.zero.wait(left).unwrap();
        }
    }
}
