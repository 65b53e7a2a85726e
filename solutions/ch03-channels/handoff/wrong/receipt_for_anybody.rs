//! Wrong: counts what has been taken. A sender that finds a receipt takes it for its own.
//! Caught by: each_sender_waits_for_its_own_parcel

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
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
    /// For receivers: somebody has come, or nobody will.
    came: Condvar,
    /// For senders: a parcel has gone, or the last receiver.
    gone: Condvar,
}

struct Counter<T> {
    line: VecDeque<(u64, T)>,
    next_ticket: u64,
    receipts: usize,
    senders: usize,
    receivers: usize,
}

/// A counter with a sender and a receiver.
#[must_use]
pub fn handoff<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared {
        counter: Mutex::new(Counter {
            line: VecDeque::new(),
            next_ticket: 0,
            receipts: 0,
            senders: 1,
            receivers: 1,
        }),
        came: Condvar::new(),
        gone: Condvar::new(),
    });
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

impl<T> Sender<T> {
    /// Holds `parcel` until a receiver has taken it.
    ///
    /// # Errors
    /// Gives the parcel back if all receivers have gone, or go while this waits.
    pub fn send(&self, parcel: T) -> Result<(), T> {
        self.hold(parcel, None)
            .map_err(|not_taken| match not_taken {
                NotTaken::TimedOut(parcel) | NotTaken::NobodyThere(parcel) => parcel,
            })
    }

    /// Holds `parcel` until a receiver has taken it, but for no longer than `patience`.
    ///
    /// # Errors
    /// Gives the parcel back if nobody takes it in time, or if all receivers have gone or go
    /// while this waits.
    pub fn send_timeout(&self, parcel: T, patience: Duration) -> Result<(), NotTaken<T>> {
        // An end that no clock can show is no end.
        self.hold(parcel, Instant::now().checked_add(patience))
    }

    fn hold(&self, parcel: T, end: Option<Instant>) -> Result<(), NotTaken<T>> {
        let mut counter = self.0.counter.lock().unwrap();
        let ticket = counter.next_ticket;
        counter.next_ticket += 1;
        counter.line.push_back((ticket, parcel));
        self.0.came.notify_one();
        loop {
            if counter.receipts > 0 {
                counter.receipts -= 1;
                return Ok(());
            }
            let Some(place) = counter.place(ticket) else {
                return Ok(());
            };
            let left = end.map(|end| end.saturating_duration_since(Instant::now()));
            let nobody_there = counter.receivers == 0;
            if nobody_there || left == Some(Duration::ZERO) {
                let (_, parcel) = counter.line.remove(place).expect("it is at its place");
                return Err(match nobody_there {
                    true => NotTaken::NobodyThere(parcel),
                    false => NotTaken::TimedOut(parcel),
                });
            }
            counter = match left {
                None => self.0.gone.wait(counter).unwrap(),
                Some(left) => self.0.gone.wait_timeout(counter, left).unwrap().0,
            };
        }
    }
}

impl<T> Counter<T> {
    /// Where in the line the parcel is, if it is still there.
    fn place(&self, ticket: u64) -> Option<usize> {
        self.line.iter().position(|(other, _)| *other == ticket)
    }
}

impl<T> Receiver<T> {
    /// Waits for a parcel and takes it; `None` once all senders have gone.
    pub fn recv(&self) -> Option<T> {
        let mut counter = self.0.counter.lock().unwrap();
        while counter.line.is_empty() && counter.senders > 0 {
            counter = self.0.came.wait(counter).unwrap();
        }
        let (_, parcel) = counter.line.pop_front()?;
        counter.receipts += 1;
        // Only one of the senders is meant, and nobody knows where it sleeps.
        self.0.gone.notify_all();
        Some(parcel)
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
            self.0.came.notify_all();
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let mut counter = self.0.counter.lock().unwrap();
        counter.receivers -= 1;
        if counter.receivers == 0 {
            self.0.gone.notify_all();
        }
    }
}
