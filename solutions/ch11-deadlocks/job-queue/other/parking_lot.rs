//! The same with `parking_lot`, whose mutex has no poison and whose `Condvar::wait` takes the guard
//! by reference.

use std::collections::VecDeque;

use parking_lot::{Condvar, Mutex};

/// A queue in which at most a fixed number of jobs wait.
pub struct JobQueue<T> {
    state: Mutex<State<T>>,
    capacity: usize,
    not_empty: Condvar,
    not_full: Condvar,
}

/// All that decides who may go on and who must sleep.
struct State<T> {
    jobs: VecDeque<T>,
    closed: bool,
}

impl<T> JobQueue<T> {
    /// An empty queue in which at most `capacity` jobs wait.
    ///
    /// # Panics
    /// If `capacity` is 0.
    pub fn new(capacity: usize) -> Self {
        assert!(capacity > 0, "a queue has room for at least one job");
        let (jobs, closed) = (VecDeque::new(), false);
        Self {
            state: Mutex::new(State { jobs, closed }),
            capacity,
            not_empty: Condvar::new(),
            not_full: Condvar::new(),
        }
    }

    /// Puts a job at the end of the queue, as soon as there is room.
    ///
    /// # Errors
    /// Gives the job back if the queue is closed, or is closed while this waits.
    pub fn push(&self, job: T) -> Result<(), T> {
        let mut state = self.state.lock();
        while state.jobs.len() == self.capacity && !state.closed {
            self.not_full.wait(&mut state);
        }
        if state.closed {
            return Err(job);
        }
        state.jobs.push_back(job);
        self.not_empty.notify_one();
        Ok(())
    }

    /// The job at the head of the queue, as soon as there is one; `None` once the queue is closed
    /// and empty.
    pub fn pop(&self) -> Option<T> {
        let mut state = self.state.lock();
        while state.jobs.is_empty() && !state.closed {
            self.not_empty.wait(&mut state);
        }
        let job = state.jobs.pop_front()?;
        self.not_full.notify_one();
        Some(job)
    }

    /// Takes no more jobs, and wakes everybody who waits.
    pub fn close(&self) {
        self.state.lock().closed = true;
        self.not_empty.notify_all();
        self.not_full.notify_all();
    }
}
