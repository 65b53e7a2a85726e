//! Wrong: close empties the queue.
//! Caught by: after_close_what_is_queued_is_handed_out_and_nothing_else

use std::collections::VecDeque;
use std::pin::pin;
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
        let mut changed = pin!(self.changed.notified());
        loop {
            // Before the look, so that nothing that comes after it is missed.
            changed.as_mut().enable();
            {
                let mut state = self.state.lock().unwrap();
                if let Some(item) = state.take() {
                    return Some(item);
                }
                if state.closed {
                    return None;
                }
            }
            changed.as_mut().await;
            changed.set(self.changed.notified());
        }
    }

    /// Takes no more items. What is queued is still handed out.
    pub fn close(&self) {
        let mut state = self.state.lock().unwrap();
        state.closed = true;
        for class in &mut state.classes {
            class.items.clear();
        }
        drop(state);
        self.changed.notify_waiters();
    }
}

impl<T> State<T> {
    fn take(&mut self) -> Option<T> {
        let waiting = |class: &&mut Class<T>| !class.items.is_empty();
        if !self
            .classes
            .iter_mut()
            .filter(waiting)
            .any(|class| class.credit > 0)
        {
            for class in &mut self.classes {
                class.credit = class.weight;
            }
        }
        let with_credit = |class: &&mut Class<T>| class.credit > 0;
        let class = self.classes.iter_mut().filter(waiting).find(with_credit)?;
        class.credit -= 1;
        class.items.pop_front()
    }
}
