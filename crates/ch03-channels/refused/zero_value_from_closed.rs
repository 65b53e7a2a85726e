//! The zero that a closed channel gives.
//!
//! In Go `reading := <-readings` compiles and is 0 once the channel is closed: freezing point, and
//! not a word about the end. The second result (`reading, ok :=`) may be left out. Here the end is
//! in the type, and it has to be looked at before there is a number. (`unwrap_or_default()` brings
//! the zero back, but one has to write it.)
// refused: E0308

use std::sync::mpsc::Receiver;

pub fn next_reading(readings: &Receiver<u32>) -> u32 {
    let reading: u32 = readings.recv(); //~
    reading
}
