//! A kind of message that its receiver does not know.
//!
//! Go sends results and errors through one `chan interface{}` and takes them apart with a type
//! switch; what the switch does not know falls through in silence. An enum says what may come, and
//! `match` must have an answer to all of it. `Result<T, E>` is the smallest such enum: errors belong
//! in the same channel as results, since two channels race.
// refused: E0004

use std::sync::mpsc::Receiver;

pub enum Event {
    Sold(u32),
    Returned(u32),
    Lost(u32),
}

pub fn stock(events: Receiver<Event>, mut pieces: u32) -> u32 {
    for event in events {
        match event { //~
            Event::Sold(sold) => pieces -= sold,
            Event::Returned(back) => pieces += back,
        }
    }
    pieces
}
