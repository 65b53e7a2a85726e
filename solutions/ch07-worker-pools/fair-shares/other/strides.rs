//! Stride scheduling (Waldspurger and Weihl, 1995): each class has a place on a line and goes on by a stride
//! that is as long as its weight is small; the one that is farthest behind is next. A semaphore counts the
//! items, so whoever has a permit finds one.

use std::collections::VecDeque;
use std::sync::Mutex;

use tokio::sync::Semaphore;

/// A queue of several classes, each with a share of what is handed out.
pub struct FairShares<T> {
    state: Mutex<State<T>>,
    items: Semaphore,
}

struct State<T> {
    classes: Vec<Class<T>>,
    /// Where the class was that came last.
    now: u64,
    closed: bool,
}

struct Class<T> {
    stride: u64,
    at: u64,
    items: VecDeque<T>,
}

impl<T> FairShares<T> {
    /// An empty queue with a class for each weight.
    ///
    /// # Panics
    /// If a weight is 0, or there is none.
    pub fn new(weights: &[u32]) -> Self {
        assert!(!weights.is_empty(), "there is at least one class");
        // All strides are whole.
        let line = weights
            .iter()
            .map(|weight| u64::from(*weight))
            .product::<u64>();
        let classes = weights.iter().map(|weight| {
            assert!(*weight > 0, "every class has a share");
            Class {
                stride: line / u64::from(*weight),
                at: 0,
                items: VecDeque::new(),
            }
        });
        Self {
            state: Mutex::new(State {
                classes: classes.collect(),
                now: 0,
                closed: false,
            }),
            items: Semaphore::new(0),
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
        self.items.add_permits(1);
        Ok(())
    }

    /// The next item in fair order, as soon as there is one; `None` once the queue is closed and empty.
    pub async fn next(&self) -> Option<T> {
        match self.items.acquire().await {
            Ok(item) => item.forget(),
            // Closed: what is left is there for whoever comes.
            Err(_) => {}
        }
        self.state.lock().unwrap().take()
    }

    /// Takes no more items. What is queued is still handed out.
    pub fn close(&self) {
        self.state.lock().unwrap().closed = true;
        self.items.close();
    }
}

impl<T> State<T> {
    fn take(&mut self) -> Option<T> {
        // Who has been away starts from where the others are.
        let now = self.now;
        let waiting = |class: &&mut Class<T>| !class.items.is_empty();
        let at = |class: &&mut Class<T>| class.at.max(now);
        let class = self.classes.iter_mut().filter(waiting).min_by_key(at)?;
        self.now = class.at.max(now);
        class.at = self.now + class.stride;
        class.items.pop_front()
    }
}
