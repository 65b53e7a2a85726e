//! TODO

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
        *left -= 1;
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
