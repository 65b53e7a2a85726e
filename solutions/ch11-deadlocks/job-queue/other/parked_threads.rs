//! Without a condition variable: whoever must wait enters himself in a list and parks; whoever
//! changes something takes the list and unparks all. A token remembers an `unpark` that comes too
//! early.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread::{self, Thread};

/// A queue in which at most a fixed number of jobs wait.
pub struct JobQueue<T> {
    state: Mutex<State<T>>,
    capacity: usize,
}

struct State<T> {
    jobs: VecDeque<T>,
    closed: bool,
    waiting: Vec<Thread>,
}

impl<T> State<T> {
    fn wake_all(&mut self) {
        for thread in self.waiting.drain(..) {
            thread.unpark();
        }
    }
}

impl<T> JobQueue<T> {
    /// An empty queue in which at most `capacity` jobs wait.
    pub fn new(capacity: usize) -> Self {
        assert!(capacity > 0, "a queue has room for at least one job");
        Self {
            state: Mutex::new(State {
                jobs: VecDeque::new(),
                closed: false,
                waiting: Vec::new(),
            }),
            capacity,
        }
    }

    /// Puts a job at the end of the queue, as soon as there is room.
    pub fn push(&self, job: T) -> Result<(), T> {
        let mut job = Some(job);
        self.wait_for(|state| {
            if state.closed {
                return job.take().map(Err);
            }
            if state.jobs.len() < self.capacity {
                state.jobs.extend(job.take());
                return Some(Ok(()));
            }
            None
        })
    }

    /// The job at the head of the queue, as soon as there is one.
    pub fn pop(&self) -> Option<T> {
        self.wait_for(|state| match state.jobs.pop_front() {
            None if !state.closed => None,
            job => Some(job),
        })
    }

    /// Takes no more jobs, and wakes everybody who waits.
    pub fn close(&self) {
        let mut state = self.state.lock().unwrap();
        state.closed = true;
        state.wake_all();
    }

    fn wait_for<R>(&self, mut attempt: impl FnMut(&mut State<T>) -> Option<R>) -> R {
        loop {
            let mut state = self.state.lock().unwrap();
            if let Some(done) = attempt(&mut state) {
                state.wake_all();
                return done;
            }
            state.waiting.push(thread::current());
            drop(state);
            thread::park();
        }
    }
}
