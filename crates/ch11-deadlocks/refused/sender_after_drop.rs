//! A message sent after the channel was closed.
//!
//! In Go this panics, at run time, on the day when the order of events is unlucky. In Rust closing
//! is giving up the sender, and what was given up cannot be used. (Where the *receiver* is gone,
//! `send` returns an error with the message in it.)
// refused: E0382

use std::sync::mpsc;

pub fn report(results: mpsc::Sender<u32>) {
    results.send(1).unwrap();
    drop(results);
    results.send(2).unwrap(); //~
}
