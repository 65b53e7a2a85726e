//! Wrong: looks, sleeps for a millisecond, looks again. It cannot miss a wake-up, since there is none.
//! Caught by: whoever_waits_sleeps_and_does_not_poll

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

/// A queue in which at most a fixed number of jobs wait.
pub struct JobQueue<T> {
    state: Mutex<State<T>>,
    capacity: usize,
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
        }
    }

    /// Puts a job at the end of the queue, as soon as there is room.
    ///
    /// # Errors
    /// Gives the job back if the queue is closed, or is closed while this waits.
    pub fn push(&self, job: T) -> Result<(), T> {
        let mut state = self.state.lock().unwrap();
        while state.jobs.len() == self.capacity && !state.closed {
            drop(state);
            thread::sleep(Duration::from_millis(1));
            state = self.state.lock().unwrap();
        }
        if state.closed {
            return Err(job);
        }
        state.jobs.push_back(job);
        Ok(())
    }

    /// The job at the head of the queue, as soon as there is one; `None` once the queue is closed
    /// and empty.
    pub fn pop(&self) -> Option<T> {
        let mut state = self.state.lock().unwrap();
        while state.jobs.is_empty() && !state.closed {
            drop(state);
            thread::sleep(Duration::from_millis(1));
            state = self.state.lock().unwrap();
        }
        let job = state.jobs.pop_front()?;
        Some(job)
    }

    /// Takes no more jobs, and wakes everybody who waits.
    pub fn close(&self) {
        self.state.lock().unwrap().closed = true;
    }
}
