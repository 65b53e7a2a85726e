//! A receive on the end that sends.
//!
//! In Go one `chan` has both ends, and a function that takes one may do anything to it, unless its
//! author wrote `chan<-`. Here the ends are two types from the start. Nobody has to narrow them,
//! and nobody can forget to. (A send on a receiver is refused with the same words.)
// refused: E0599

use std::sync::mpsc::Sender;

pub fn produce(results: Sender<u32>) {
    let _ = results.send(1);
    while let Ok(mine) = results.recv() { //~
        println!("{mine} of my own");
    }
}
