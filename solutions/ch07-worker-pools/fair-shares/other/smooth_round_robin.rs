//! Smooth weighted round robin, as nginx does it: each class that waits gains its weight, the one with the most
//! is next and pays for all. Those who wait look at a version that everything that happens changes.

use std::collections::VecDeque;
use std::sync::Mutex;

use tokio::sync::watch;

/// A queue of several classes, each with a share of what is handed out.
pub struct FairShares<T> {
    state: Mutex<State<T>>,
    changed: watch::Sender<()>,
}

struct State<T> {
    classes: Vec<Class<T>>,
    closed: bool,
}

struct Class<T> {
    weight: i64,
    balance: i64,
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
                weight: i64::from(*weight),
                balance: 0,
                items: VecDeque::new(),
            }
        });
        Self {
            state: Mutex::new(State {
                classes: classes.collect(),
                closed: false,
            }),
            changed: watch::Sender::new(()),
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
        self.changed.send_replace(());
        Ok(())
    }

    /// The next item in fair order, as soon as there is one; `None` once the queue is closed and empty.
    pub async fn next(&self) -> Option<T> {
        let mut changed = self.changed.subscribe();
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
            changed.changed().await.expect("the queue holds the sender");
        }
    }

    /// Takes no more items. What is queued is still handed out.
    pub fn close(&self) {
        self.state.lock().unwrap().closed = true;
        self.changed.send_replace(());
    }
}

impl<T> State<T> {
    fn take(&mut self) -> Option<T> {
        let waiting = |class: &&mut Class<T>| !class.items.is_empty();
        let mut round = 0;
        for class in self.classes.iter_mut().filter(waiting) {
            class.balance += class.weight;
            round += class.weight;
        }
        let balance = |class: &&mut Class<T>| class.balance;
        let class = self
            .classes
            .iter_mut()
            .filter(waiting)
            .max_by_key(balance)?;
        class.balance -= round;
        class.items.pop_front()
    }
}
