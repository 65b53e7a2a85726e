//! Wrong: reckons when patience ends, and with much patience that moment is beyond all that a clock can show.
//! Caught by: patience_may_be_of_any_length

use std::collections::BTreeMap;
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
    line: Mutex<Line<T>>,
    changed: Condvar,
}

struct Line<T> {
    next: u64,
    parcels: BTreeMap<u64, T>,
    senders: usize,
    receivers: usize,
}

/// A counter with a sender and a receiver.
#[must_use]
pub fn handoff<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared {
        line: Mutex::new(Line {
            next: 0,
            parcels: BTreeMap::new(),
            senders: 1,
            receivers: 1,
        }),
        changed: Condvar::new(),
    });
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

impl<T> Sender<T> {
    /// Holds `parcel` until a receiver has taken it.
    ///
    /// # Errors
    /// Gives the parcel back if all receivers have gone, or go while this waits.
    pub fn send(&self, parcel: T) -> Result<(), T> {
        self.bring(parcel, None).map_err(|error| match error {
            NotTaken::TimedOut(parcel) | NotTaken::NobodyThere(parcel) => parcel,
        })
    }

    /// Holds `parcel` until a receiver has taken it, but for no longer than `patience`.
    ///
    /// # Errors
    /// Gives the parcel back if nobody takes it in time, or if all receivers have gone or go
    /// while this waits.
    pub fn send_timeout(&self, parcel: T, patience: Duration) -> Result<(), NotTaken<T>> {
        self.bring(parcel, Some(Instant::now() + patience))
    }

    fn bring(&self, parcel: T, end: Option<Instant>) -> Result<(), NotTaken<T>> {
        let mut line = self.0.line.lock().unwrap();
        if line.receivers == 0 {
            return Err(NotTaken::NobodyThere(parcel));
        }
        let number = line.next;
        line.next += 1;
        line.parcels.insert(number, parcel);
        self.0.changed.notify_all();
        loop {
            if !line.parcels.contains_key(&number) {
                return Ok(());
            }
            if line.receivers == 0 {
                return Err(NotTaken::NobodyThere(line.parcels.remove(&number).unwrap()));
            }
            line = match end.map(|end| end.saturating_duration_since(Instant::now())) {
                None => self.0.changed.wait(line).unwrap(),
                Some(Duration::ZERO) => {
                    return Err(NotTaken::TimedOut(line.parcels.remove(&number).unwrap()));
                }
                Some(left) => self.0.changed.wait_timeout(line, left).unwrap().0,
            };
        }
    }
}

impl<T> Receiver<T> {
    /// Waits for a parcel and takes it; `None` once all senders have gone.
    pub fn recv(&self) -> Option<T> {
        let line = self.0.line.lock().unwrap();
        let mut line = self
            .0
            .changed
            .wait_while(line, |line| line.parcels.is_empty() && line.senders > 0)
            .unwrap();
        let (_, parcel) = line.parcels.pop_first()?;
        self.0.changed.notify_all();
        Some(parcel)
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.line.lock().unwrap().senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        self.0.line.lock().unwrap().receivers += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.line.lock().unwrap().senders -= 1;
        self.0.changed.notify_all();
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.0.line.lock().unwrap().receivers -= 1;
        self.0.changed.notify_all();
    }
}
