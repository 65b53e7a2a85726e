//! A group that is handed over, and waited for all the same.
//!
//! Go copies a `WaitGroup` that is passed by value: the goroutine counts down in its copy, and the
//! original never gets to zero. It compiles; `go vet` sees it. In Rust passing by value moves, and
//! what was moved cannot be waited for. A `clone`, which rustc suggests here, is no copy of a count
//! but one more member of the same group, so that is right.

// refused: E0382

use std::thread;

use crossbeam::sync::WaitGroup;

fn count_shelf(group: WaitGroup) {
    println!("one shelf is counted");
    drop(group);
}

fn main() {
    let counting = WaitGroup::new();
    thread::spawn(move || count_shelf(counting));
    counting.wait(); //~
}
