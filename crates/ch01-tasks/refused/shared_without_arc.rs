//! A counted pointer whose count is not atomic stays in its thread.
//!
//! In Go every pointer may go anywhere, and the race detector tells you later, if it runs.
//! In Rust a type says whether it may cross to another thread (`Send`): `Rc` may not, `Arc` may.

// refused: E0277

use std::rc::Rc;
use std::thread;

fn main() {
    let catalogue = Rc::new(vec!["tea", "coffee"]);
    let shared = Rc::clone(&catalogue);
    let printer = thread::spawn(move || { //~
        println!("{} products", shared.len());
    });
    let _ = printer.join();
    println!("{} products", catalogue.len());
}
