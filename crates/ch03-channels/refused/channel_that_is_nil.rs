//! A channel that was declared and never made.
//!
//! In Go `var orders chan int` is nil. Sending on it blocks for ever, and closing it panics; a guide
//! has an event emitter whose channel nobody makes. In Rust there is no channel before there is one.
//! Where it may be missing, that is an `Option<Sender>`. (A branch of `select!` that is off for now,
//! which is what nil channels are good for, is written `, if open`.)
// refused: E0381

use std::sync::mpsc::Sender;

pub fn emit() {
    let events: Sender<&str>;
    let _ = events.send("started"); //~
}
