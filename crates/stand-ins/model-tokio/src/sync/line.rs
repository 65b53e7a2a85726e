//! Who stands in line at a semaphore: why somebody waits although there is a permit.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use explore::runtime::task::Explain;
use explore::runtime::{Blocked, Place};

/// The permits that nobody has taken, and those who want some. As in tokio, the first in line gets
/// what there is, and has to be polled to take it.
#[derive(Debug)]
pub(super) struct Line(Mutex<State>);

#[derive(Debug)]
struct State {
    free: usize,
    waiting: VecDeque<Wanted>,
    made: u64,
}

#[derive(Clone, Copy, Debug)]
struct Wanted {
    id: u64,
    place: Place,
    permits: usize,
}

/// A place in the line, until it is dropped.
#[derive(Debug)]
pub(super) struct Waiting {
    line: Arc<Line>,
    id: u64,
}

impl Line {
    pub fn new(free: usize) -> Arc<Self> {
        Arc::new(Line(Mutex::new(State {
            free,
            waiting: VecDeque::new(),
            made: 0,
        })))
    }

    pub fn add(&self, permits: usize) {
        self.lock().free += permits;
    }

    pub fn take(&self, permits: usize) {
        let mut state = self.lock();
        state.free = state.free.saturating_sub(permits);
    }

    /// Stands in line, at the end.
    pub fn join(self: &Arc<Self>, place: Place, permits: usize) -> Arc<Waiting> {
        let mut state = self.lock();
        state.made += 1;
        let id = state.made;
        state.waiting.push_back(Wanted { id, place, permits });
        let line = self.clone();
        Arc::new(Waiting { line, id })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut state = self.line.lock();
        state.waiting.retain(|wanted| wanted.id != self.id);
    }
}

/// Whoever waits behind one that could go on waits for somebody to poll it.
impl Explain for Waiting {
    fn explain(&self, blocked: Blocked) -> Blocked {
        let state = self.line.lock();
        match state.waiting.front() {
            Some(first) if first.id != self.id && state.free >= first.permits => {
                let line = first.place.line();
                blocked.because(format!(
                    "the future that waited at line {line} was given one, and nobody polls it"
                ))
            }
            _ => blocked,
        }
    }
}
