//! A thread may outlive the function that started it, so it may not borrow from that function.
//!
//! Go moves `names` to the heap when a closure captures it and keeps it alive for as long as anybody
//! needs it. Rust leaves it on the stack and asks who will outlive whom.
//! Say `move`, or start the thread in a `thread::scope`, which joins it before the borrow ends.

// refused: E0373

use std::thread::{self, JoinHandle};

fn greet_later(names: Vec<String>) -> JoinHandle<()> {
    thread::spawn(|| { //~
        for name in &names {
            println!("welcome, {name}");
        }
    })
}

fn main() {
    let _ = greet_later(vec!["Ada".to_owned()]).join();
}
