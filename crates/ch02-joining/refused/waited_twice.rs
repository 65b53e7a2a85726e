//! Waiting for a group that somebody waits for already.
//!
//! Go lets a `WaitGroup` be used for the next batch, but not before every `Wait` has returned;
//! whoever is too early gets a panic: "WaitGroup is reused before previous Wait has returned".
//! crossbeam's `wait` takes the group itself. There is nothing left to use too early: the next
//! batch gets a group of its own, which costs one allocation.

// refused: E0382

use std::thread;

use crossbeam::sync::WaitGroup;

fn main() {
    let group = WaitGroup::new();
    for batch in ["first", "second"] {
        let member = group.clone(); //~
        thread::spawn(move || {
            println!("{batch} batch");
            drop(member);
        });
        group.wait();
    }
}
