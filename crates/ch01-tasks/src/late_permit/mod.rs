//! The limit is inside the task, so it does not limit the tasks.
//!
//! **What goes wrong.** Uploads are read into memory and then stored, two at a time: a semaphore sees
//! to it. But the permit is taken inside the task, after the upload has been read. Every upload that
//! waits for its permit already sits in memory, and there is one task for each.
//!
//! **In Go** it is the usual `sem <- struct{}{}` as the goroutine's first line. Goroutines are cheap,
//! until each holds a buffer.
//! **In Rust** a parked task is cheaper still (about 450 bytes), and what it holds across an `.await`
//! is as large as it was.
//!
//! **The mend.** Take the permit first, in the loop that spawns: `acquire_owned` waits there, and the
//! permit moves into the task, which gives it back when it ends, even by a panic.
//!
//! **Who catches it.** Nobody at compile time. A test that counts what is alive at once.
//!
//! Covers: a:P1, a:P70, a:E9, c:P10

pub mod broken;
pub mod fixed;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Memory that holds a few uploads.
#[derive(Clone)]
pub struct Memory {
    used: Arc<AtomicUsize>,
    room: usize,
}

/// An upload that is in memory until it is dropped.
pub struct Upload {
    memory: Memory,
}

impl Memory {
    /// Memory that holds so many uploads at once.
    pub fn with_room_for(room: usize) -> Self {
        Self {
            used: Arc::new(AtomicUsize::new(0)),
            room,
        }
    }

    /// Reads an upload into memory.
    ///
    /// # Panics
    ///
    /// If there is no room left.
    pub fn read(&self) -> Upload {
        let used = self.used.fetch_add(1, Ordering::SeqCst) + 1;
        assert!(used <= self.room, "out of memory with {used} uploads");
        Upload {
            memory: self.clone(),
        }
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        self.memory.used.fetch_sub(1, Ordering::SeqCst);
    }
}
