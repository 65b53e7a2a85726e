//! The output of one stage, given to two.
//!
//! In Go both may range over the channel, and each item goes to one of them, as it happens: a
//! fan-out if it is meant, and half the data in each if it is not. A receiver of Rust is given away
//! once. Who wants both to see everything says so (`broadcast`), and who wants to share the work,
//! too (chapter 7).

// refused: E0382

use std::sync::mpsc::{self, Receiver};
use std::thread;

fn print_all(name: &str, readings: Receiver<u32>) {
    for reading in readings {
        println!("{name}: {reading}");
    }
}

fn main() {
    let (meter, readings) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(|| print_all("screen", readings));
        scope.spawn(|| print_all("archive", readings)); //~
        meter.send(410).expect("both read");
        drop(meter);
    });
}
