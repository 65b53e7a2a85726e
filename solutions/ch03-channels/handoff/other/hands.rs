//! Nobody lays a parcel down. A receiver holds out a hand, a channel of its own, and waits; a sender
//! waits for a hand, and puts the parcel into it.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::time::{Duration, Instant};

/// Why a parcel comes back, and the parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken<T> {
    /// Nobody took it in time.
    TimedOut(T),
    /// All receivers have gone.
    NobodyThere(T),
}

/// Brings parcels. A clone is another sender at the same counter.
pub struct Sender<T>(Arc<Shared<T>>);

/// Takes parcels. A clone is another receiver at the same counter.
pub struct Receiver<T>(Arc<Shared<T>>);

struct Shared<T> {
    counter: Mutex<Counter<T>>,
    hand_held_out: Condvar,
}

struct Counter<T> {
    /// A way to each receiver that waits.
    hands: VecDeque<mpsc::Sender<T>>,
    senders: usize,
    receivers: usize,
}

/// A counter with a sender and a receiver.
#[must_use]
pub fn handoff<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared {
        counter: Mutex::new(Counter {
            hands: VecDeque::new(),
            senders: 1,
            receivers: 1,
        }),
        hand_held_out: Condvar::new(),
    });
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

impl<T> Sender<T> {
    /// Holds `parcel` until a receiver has taken it.
    ///
    /// # Errors
    /// Gives the parcel back if all receivers have gone, or go while this waits.
    pub fn send(&self, parcel: T) -> Result<(), T> {
        match self.send_timeout(parcel, Duration::MAX) {
            Ok(()) => Ok(()),
            Err(NotTaken::TimedOut(parcel) | NotTaken::NobodyThere(parcel)) => Err(parcel),
        }
    }

    /// Holds `parcel` until a receiver has taken it, but for no longer than `patience`.
    ///
    /// # Errors
    /// Gives the parcel back if nobody takes it in time, or if all receivers have gone or go
    /// while this waits.
    pub fn send_timeout(&self, parcel: T, patience: Duration) -> Result<(), NotTaken<T>> {
        let end = Instant::now().checked_add(patience);
        let mut counter = self.0.counter.lock().unwrap();
        loop {
            if let Some(hand) = counter.hands.pop_front() {
                // It is being waited for, so it is there.
                let _ = hand.send(parcel);
                return Ok(());
            }
            if counter.receivers == 0 {
                return Err(NotTaken::NobodyThere(parcel));
            }
            counter = match end {
                None => self.0.hand_held_out.wait(counter).unwrap(),
                Some(end) => {
                    let left = end.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return Err(NotTaken::TimedOut(parcel));
                    }
                    self.0.hand_held_out.wait_timeout(counter, left).unwrap().0
                }
            };
        }
    }
}

impl<T> Receiver<T> {
    /// Waits for a parcel and takes it; `None` once all senders have gone.
    pub fn recv(&self) -> Option<T> {
        let (hand, parcel) = mpsc::channel();
        let mut counter = self.0.counter.lock().unwrap();
        if counter.senders == 0 {
            return None;
        }
        counter.hands.push_back(hand);
        drop(counter);
        self.0.hand_held_out.notify_all();
        parcel.recv().ok()
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.counter.lock().unwrap().senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        self.0.counter.lock().unwrap().receivers += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut counter = self.0.counter.lock().unwrap();
        counter.senders -= 1;
        if counter.senders == 0 {
            counter.hands.clear();
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.0.counter.lock().unwrap().receivers -= 1;
        self.0.hand_held_out.notify_all();
    }
}
