//! A bounded queue between threads that push jobs and threads that pop them, and that can be
//! closed.
//!
//! The job: make [`JobQueue`] right. It does for threads what a buffered channel does in Go, with
//! the difference that closing it under a waiting sender is no panic.
//!
//! The rules:
//!
//! - Jobs come out in the order in which they went in; each comes out once.
//! - [`JobQueue::push`] waits while the queue is full, and [`JobQueue::pop`] while it is empty.
//!   Whoever waits sleeps until there is something to do: no polling, no `sleep`, no timeout.
//! - Nobody sleeps while he could go on, whoever else is waiting.
//! - [`JobQueue::close`] wakes everybody. From then on `push` gives the job back, also to those who
//!   already wait. What was accepted is still popped; after the last job `pop` returns `None`.
//! - Closing twice is closing once.
//!
//! You may change everything in this file but the signatures of what is public.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};

/// A queue in which at most a fixed number of jobs wait.
pub struct JobQueue<T> {
    jobs: Mutex<VecDeque<T>>,
    capacity: usize,
    closed: AtomicBool,
    changed: Condvar,
}

impl<T> JobQueue<T> {
    /// An empty queue in which at most `capacity` jobs wait.
    ///
    /// # Panics
    /// If `capacity` is 0.
    pub fn new(capacity: usize) -> Self {
        assert!(capacity > 0, "a queue has room for at least one job");
        Self {
            jobs: Mutex::new(VecDeque::new()),
            capacity,
            closed: AtomicBool::new(false),
            changed: Condvar::new(),
        }
    }

    /// Puts a job at the end of the queue, as soon as there is room.
    ///
    /// # Errors
    /// Gives the job back if the queue is closed, or is closed while this waits.
    pub fn push(&self, job: T) -> Result<(), T> {
        let mut jobs = self.jobs.lock().unwrap();
        while jobs.len() == self.capacity {
            jobs = self.changed.wait(jobs).unwrap();
        }
        if self.closed.load(Ordering::SeqCst) {
            return Err(job);
        }
        jobs.push_back(job);
        self.changed.notify_one();
        Ok(())
    }

    /// The job at the head of the queue, as soon as there is one; `None` once the queue is closed
    /// and empty.
    pub fn pop(&self) -> Option<T> {
        let mut jobs = self.jobs.lock().unwrap();
        while jobs.is_empty() {
            if self.closed.load(Ordering::SeqCst) {
                return None;
            }
            jobs = self.changed.wait(jobs).unwrap();
        }
        let job = jobs.pop_front();
        self.changed.notify_one();
        job
    }

    /// Takes no more jobs, and wakes everybody who waits.
    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.changed.notify_all();
    }
}
