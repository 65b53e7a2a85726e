//! # Fair shares
//!
//! A mail server sends letters, newsletters and reports. None of them may hold up the others, and letters
//! are to have more of its time: 3 of 6, against 2 and 1. A guide builds this in Go with counters: a task
//! whose class has had its share goes back to the end of its queue. The counters are never set again. Of 60
//! tasks 9 were sent, and then the processor was busy with putting tasks back.
//!
//! Below is a port that puts nothing back and sets its counters again. It is nearly right.
//!
//! The rules, in which a class *waits* while an item of it is queued:
//!
//! - `next` hands out the items of a class in the order of their `push`, each once, to whoever asks.
//!   It waits only while no class waits, and sleeps until there is something: no polling.
//! - While the same classes wait, each has its share: of as many items in a row as their weights add up to,
//!   as many are of each class as its weight says. That is so from the beginning, and whenever a class
//!   begins or ceases to wait, again after at most twice as many items as all weights add up to.
//! - A class that does not wait lends its share to those that do. It is not owed what it did not use:
//!   whatever was before, of any items in a row, twice as many as all weights add up to, at least one is of
//!   each class that waits all the while.
//! - Any number of tasks may call `next`, and any call may be dropped. What a dropped call was about to
//!   get, another one gets.
//! - From the moment of `close`, `push` gives items back. What is queued is still handed out; then `next`
//!   returns `None`, also to those who wait already. Closing twice is closing once.
//!
//! You may change everything in this file but the signatures of what is public.

use std::collections::VecDeque;
use std::sync::Mutex;

use tokio::sync::Notify;

/// A queue of several classes, each with a share of what is handed out.
pub struct FairShares<T> {
    state: Mutex<State<T>>,
    changed: Notify,
}

struct State<T> {
    classes: Vec<Class<T>>,
    closed: bool,
}

struct Class<T> {
    weight: u32,
    credit: u32,
    items: VecDeque<T>,
}

impl<T> FairShares<T> {
    /// An empty queue with a class for each weight.
    ///
    /// # Panics
    /// If a weight is 0, or there is none.
    pub fn new(weights: &[u32]) -> Self {
        assert!(!weights.is_empty(), "there is at least one class");
        let classes = weights.iter().map(|weight| {
            assert!(*weight > 0, "every class has a share");
            Class {
                weight: *weight,
                credit: *weight,
                items: VecDeque::new(),
            }
        });
        Self {
            state: Mutex::new(State {
                classes: classes.collect(),
                closed: false,
            }),
            changed: Notify::new(),
        }
    }

    /// Puts an item at the end of its class.
    ///
    /// # Errors
    /// Gives the item back if the queue is closed.
    ///
    /// # Panics
    /// If there is no such class.
    pub fn push(&self, class: usize, item: T) -> Result<(), T> {
        let mut state = self.state.lock().unwrap();
        if state.closed {
            return Err(item);
        }
        state.classes[class].items.push_back(item);
        self.changed.notify_one();
        Ok(())
    }

    /// The next item in fair order, as soon as there is one; `None` once the queue is closed and empty.
    pub async fn next(&self) -> Option<T> {
        loop {
            {
                let mut state = self.state.lock().unwrap();
                if let Some(item) = state.take() {
                    return Some(item);
                }
                if state.closed {
                    return None;
                }
            }
            self.changed.notified().await;
        }
    }

    /// Takes no more items. What is queued is still handed out.
    pub fn close(&self) {
        self.state.lock().unwrap().closed = true;
        self.changed.notify_waiters();
    }
}

impl<T> State<T> {
    fn take(&mut self) -> Option<T> {
        if self.classes.iter().all(|class| class.credit == 0) {
            for class in &mut self.classes {
                class.credit += class.weight;
            }
        }
        for class in &mut self.classes {
            if class.credit > 0
                && let Some(item) = class.items.pop_front()
            {
                class.credit -= 1;
                return Some(item);
            }
        }
        None
    }
}
