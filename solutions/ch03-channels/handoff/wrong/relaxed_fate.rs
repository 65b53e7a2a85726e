//! Wrong: what becomes of a parcel is an atomic that is read and written `Relaxed`. A sender that sees it in passing, without having slept, knows nothing of what its receiver did before.
//! Caught by: both_know_what_the_other_did_before

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, Thread};
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
    came: Condvar,
}

struct Counter<T> {
    line: VecDeque<Arc<Offer<T>>>,
    senders: usize,
    receivers: usize,
}

/// A parcel, and the thread that holds it.
struct Offer<T> {
    parcel: Mutex<Option<T>>,
    /// [`WAITS`], [`TAKEN`] or [`FOR_NOBODY`]; changes only together with the line.
    fate: AtomicU8,
    sender: Thread,
}

const WAITS: u8 = 0;
const TAKEN: u8 = 1;
const FOR_NOBODY: u8 = 2;

impl<T> Offer<T> {
    fn take(&self) -> T {
        let parcel = self.parcel.lock().unwrap().take();
        parcel.expect("an offer is taken once")
    }

    fn decide(&self, fate: u8) {
        self.fate.store(fate, Ordering::Relaxed);
        self.sender.unpark();
    }
}

/// A counter with a sender and a receiver.
#[must_use]
pub fn handoff<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared {
        counter: Mutex::new(Counter {
            line: VecDeque::new(),
            senders: 1,
            receivers: 1,
        }),
        came: Condvar::new(),
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
        self.hold(parcel, Instant::now().checked_add(patience))
    }

    fn hold(&self, parcel: T, end: Option<Instant>) -> Result<(), NotTaken<T>> {
        let offer = Arc::new(Offer {
            parcel: Mutex::new(Some(parcel)),
            fate: AtomicU8::new(WAITS),
            sender: thread::current(),
        });
        let mut counter = self.0.counter.lock().unwrap();
        if counter.receivers == 0 {
            return Err(NotTaken::NobodyThere(offer.take()));
        }
        counter.line.push_back(Arc::clone(&offer));
        self.0.came.notify_one();
        drop(counter);
        loop {
            match offer.fate.load(Ordering::Relaxed) {
                TAKEN => return Ok(()),
                FOR_NOBODY => return Err(NotTaken::NobodyThere(offer.take())),
                _ => {}
            }
            let left = end.map(|end| end.saturating_duration_since(Instant::now()));
            match left {
                None => thread::park(),
                Some(Duration::ZERO) => {
                    // Whoever finds itself in the line has not been taken; the others look again.
                    let mut counter = self.0.counter.lock().unwrap();
                    let before = counter.line.len();
                    counter.line.retain(|other| !Arc::ptr_eq(other, &offer));
                    if counter.line.len() < before {
                        return Err(NotTaken::TimedOut(offer.take()));
                    }
                }
                Some(left) => thread::park_timeout(left),
            }
        }
    }
}

impl<T> Receiver<T> {
    /// Waits for a parcel and takes it; `None` once all senders have gone.
    pub fn recv(&self) -> Option<T> {
        let mut counter = self.0.counter.lock().unwrap();
        while counter.line.is_empty() && counter.senders > 0 {
            counter = self.0.came.wait(counter).unwrap();
        }
        let offer = counter.line.pop_front()?;
        let parcel = offer.take();
        offer.decide(TAKEN);
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
            counter
                .line
                .drain(..)
                .for_each(|offer| offer.decide(FOR_NOBODY));
        }
    }
}
