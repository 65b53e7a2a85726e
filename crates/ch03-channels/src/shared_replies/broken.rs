//! The office that knows the postage, and the counters that ask it.

use std::thread::{self, JoinHandle};

use crossbeam::channel::{self, Receiver, Sender};

/// A line to the office. Dropping it closes the office.
pub struct Office {
    requests: Sender<u32>,
    replies: Receiver<u32>,
}

impl Office {
    /// Opens the office, which works on a thread of its own.
    pub fn open() -> (Self, JoinHandle<()>) {
        let (requests, inbox) = channel::unbounded();
        let (outbox, replies) = channel::unbounded();
        let work = thread::spawn(move || {
            for grams in inbox {
                let _ = outbox.send(80 + 2 * grams);
            }
        });
        (Self { requests, replies }, work)
    }

    /// The postage in cents for a letter of so many grams.
    pub fn postage(&self, grams: u32) -> u32 {
        self.requests.send(grams).expect("it is open");
        self.replies.recv().expect("it answers")
    }
}
