//! A channel for each class, and one caller at a time who holds all their receiving ends. He looks round by a list in
//! which each class stands as often as its weight says, from where the last one has stopped.

use std::collections::VecDeque;
use std::future;
use std::sync::Mutex;
use std::task::Poll;

use tokio::sync::{self, mpsc};

/// A queue of several classes, each with a share of what is handed out.
pub struct FairShares<T> {
    /// Nothing once the queue is closed.
    senders: Mutex<Option<Vec<mpsc::UnboundedSender<T>>>>,
    classes: usize,
    round: sync::Mutex<Round<T>>,
}

struct Round<T> {
    receivers: Vec<mpsc::UnboundedReceiver<T>>,
    /// Whose turns are left in this round, the next one first.
    turns: VecDeque<usize>,
    /// All turns of a round.
    all: Vec<usize>,
}

impl<T> FairShares<T> {
    /// An empty queue with a class for each weight.
    ///
    /// # Panics
    /// If a weight is 0, or there is none.
    pub fn new(weights: &[u32]) -> Self {
        assert!(!weights.is_empty(), "there is at least one class");
        let (mut senders, mut receivers, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for (class, weight) in weights.iter().enumerate() {
            assert!(*weight > 0, "every class has a share");
            let (sender, receiver) = mpsc::unbounded_channel();
            senders.push(sender);
            receivers.push(receiver);
            all.extend((0..*weight).map(|_| class));
        }
        Self {
            senders: Mutex::new(Some(senders)),
            classes: weights.len(),
            round: sync::Mutex::new(Round {
                receivers,
                turns: VecDeque::new(),
                all,
            }),
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
        assert!(class < self.classes, "there is no class {class}");
        match &*self.senders.lock().unwrap() {
            Some(senders) => senders[class].send(item).map_err(|error| error.0),
            None => Err(item),
        }
    }

    /// The next item in fair order, as soon as there is one; `None` once the queue is closed and empty.
    pub async fn next(&self) -> Option<T> {
        let mut round = self.round.lock().await;
        let Round {
            receivers,
            turns,
            all,
        } = &mut *round;
        future::poll_fn(|context| {
            let mut closed = 0;
            // First who has a turn left, then everybody from the beginning of a round.
            for turn in 0..turns.len() {
                if let Poll::Ready(Some(item)) = receivers[turns[turn]].poll_recv(context) {
                    turns.remove(turn);
                    return Poll::Ready(Some(item));
                }
            }
            for turn in 0..all.len() {
                match receivers[all[turn]].poll_recv(context) {
                    Poll::Ready(Some(item)) => {
                        *turns = all.iter().copied().collect();
                        turns.remove(turn);
                        return Poll::Ready(Some(item));
                    }
                    Poll::Ready(None) => closed += 1,
                    Poll::Pending => {}
                }
            }
            if closed == all.len() {
                return Poll::Ready(None);
            }
            Poll::Pending
        })
        .await
    }

    /// Takes no more items. What is queued is still handed out.
    pub fn close(&self) {
        drop(self.senders.lock().unwrap().take());
    }
}
